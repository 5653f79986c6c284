using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Electrochemistry.Particles;

/// <summary>Particles of constant diffusivity as decoupled modes; the cost of a solve is two multiplications a mode.</summary>
/// <remarks>State: mode-major, aₖ of cell i at k·cells + i, in stoichiometry.</remarks>
sealed class ModalParticles : IParticleEnsemble
{
    readonly SphereModes _modes;
    readonly MaterialFunction _diffusivity;
    readonly double _radiusSquared, _fluxScale;
    readonly int _cells;
    readonly double[] _gain, _pivot, _surface, _input, _eigenvalues, _decay, _inflow, _surfacePivot, _inflowPivot;
    double _rate;

    /// <summary>Particles of an electrode on a number of cells.</summary>
    public ModalParticles(ElectrodeParameters electrode, SphereModes modes, int cells)
    {
        (_modes, _cells, _diffusivity) = (modes, cells, electrode.DiffusivityM2PerS);
        _radiusSquared = electrode.ParticleRadiusM * electrode.ParticleRadiusM;
        _fluxScale = 3 / (Constants.FaradayCPerMol * electrode.ParticleRadiusM * electrode.MaximumConcentrationMolPerM3);
        (_surface, _input, _eigenvalues) = (modes.SurfaceValues, modes.InputValues, modes.Eigenvalues);
        (_gain, _pivot) = (new double[cells], new double[modes.Count]);
        (_decay, _surfacePivot, _inflowPivot) = (new double[modes.Count], new double[modes.Count], new double[modes.Count]);
        _inflow = [.. _input.Select(input => -_fluxScale * input)];
    }

    /// <summary>The modes.</summary>
    public SphereModes Modes => _modes;

    /// <summary>D/R² at a temperature, 1/s: what the modes' eigenvalues are to be multiplied with.</summary>
    public double RatePerS(double temperatureK) => _diffusivity.At(0.5, temperatureK) / _radiusSquared;

    /// <summary>Rate of mean stoichiometry for a reaction of 1 A/m², m²/C with the sign of the loss.</summary>
    public double MeanRate => -_fluxScale;

    /// <summary>Rate of each mode for a reaction of 1 A/m², m²/C.</summary>
    public ReadOnlySpan<double> Inflow => _inflow;

    /// <inheritdoc/>
    public int StateCount => _modes.Count * _cells;

    /// <inheritdoc/>
    public ReadOnlySpan<double> SurfaceGain => _gain;

    /// <inheritdoc/>
    public void Fill(Span<double> state, double stoichiometry)
    {
        state.Clear();
        state[.._cells].Fill(stoichiometry);
    }

    /// <inheritdoc/>
    public void Shift(Span<double> state, int cell, double change) => state[cell] += change;

    /// <inheritdoc/>
    public void Surface(ReadOnlySpan<double> state, Span<double> surface)
    {
        if (_cells == 1)
        {
            // One particle: a scalar product, without the overhead of a vector a mode.
            double sum = 0;
            for (int k = 0; k < state.Length; k++) sum += _surface[k] * state[k];
            surface[0] = sum;
            return;
        }

        Lanes.WeightedRows(surface[.._cells], state, _surface);
    }

    /// <inheritdoc/>
    public void At(ReadOnlySpan<double> state, double radiusFraction, Span<double> stoichiometry)
    {
        double[] values = new double[_modes.Count];
        _modes.At(radiusFraction, values);
        Lanes.WeightedRows(stoichiometry[.._cells], state, values);
    }

    /// <inheritdoc/>
    public void Mean(ReadOnlySpan<double> state, Span<double> mean) => state[.._cells].CopyTo(mean);

    /// <inheritdoc/>
    public void Rates(ReadOnlySpan<double> state, ReadOnlySpan<double> reactionAPerM2, double temperatureK, Span<double> rate)
    {
        _rate = _diffusivity.At(0.5, temperatureK) / _radiusSquared;
        if (_cells == 1)
        {
            double flux = -_fluxScale * reactionAPerM2[0];
            for (int k = 0; k < rate.Length; k++) rate[k] = flux * _input[k] - _rate * _eigenvalues[k] * state[k];
            return;
        }

        for (int k = 0; k < _decay.Length; k++) _decay[k] = -_rate * _eigenvalues[k];
        Lanes.CombineRows(rate, state, _decay, reactionAPerM2[.._cells], _inflow);
    }

    /// <inheritdoc/>
    public void Factorise(double shift)
    {
        double gain = 0;
        for (int k = 0; k < _modes.Count; k++)
        {
            _pivot[k] = 1 / (shift + _rate * _eigenvalues[k]);
            (_surfacePivot[k], _inflowPivot[k]) = (_surface[k] * _pivot[k], _inflow[k] * _pivot[k]);
            gain += _surface[k] * _inflowPivot[k];
        }

        Array.Fill(_gain, gain);
    }

    /// <inheritdoc/>
    public void Condense(ReadOnlySpan<double> b, Span<double> surface)
    {
        if (_cells == 1)
        {
            double sum = 0;
            for (int k = 0; k < b.Length; k++) sum += _surface[k] * _pivot[k] * b[k];
            surface[0] = sum;
            return;
        }

        Lanes.WeightedRows(surface[.._cells], b, _surfacePivot);
    }

    /// <inheritdoc/>
    public void Expand(Span<double> b, ReadOnlySpan<double> reactionChange)
    {
        if (_cells == 1)
        {
            double flux = -_fluxScale * reactionChange[0];
            for (int k = 0; k < b.Length; k++) b[k] = (b[k] + flux * _input[k]) * _pivot[k];
            return;
        }

        Lanes.CombineRows(b, b, _pivot, reactionChange[.._cells], _inflowPivot);
    }
}
