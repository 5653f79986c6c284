using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Particles;
using AiBms.Battery.Electrochemistry.Transport;

namespace AiBms.Battery.Electrochemistry.Dfn;

/// <summary>The Doyle–Fuller–Newman model of a cell as a stiff system: finite volumes through the cell, particles folded away.</summary>
/// <remarks>
/// Unknowns: negative particles, positive particles, cₑ by cell (mol/m³), ageing of both electrodes, temperature (K, lumped), then the algebraic:
/// (φₑ, φₛ) by cell (V), current (A). Sources: Doyle, Fuller and Newman, J. Electrochem. Soc. 140 (1993) 1526, doi:10.1149/1.2221597;
/// Marquis et al., J. Electrochem. Soc. 166 (2019) A3693, doi:10.1149/2.0341915jes. φₛ = 0 at the negative collector.
/// </remarks>
public sealed class DfnSystem : ElectrochemicalCell
{
    readonly ElectrolyteTransport _transport;
    readonly SolidConduction _conduction;
    readonly TransportMatrix _matrix;
    readonly PorousElectrode _negative, _positive;
    readonly double[] _cells, _currentColumn, _solid, _electrolytePotential, _there;
    readonly int _n, _positiveParticles, _electrolyte, _ageing, _positiveAgeing, _potentials, _current;
    readonly double _collectorOhm, _area;
    LoadEquation _load;
    double _rowCurrent, _rowVoltage, _voltageThere, _currentThere;

    /// <summary>A model of a cell with a resolution.</summary>
    public DfnSystem(ParameterSet set, DfnOptions options)
        : base(StressedDiffusivity.Of(set, options.Ageing), options.LumpedThermal)
    {
        set = Set;
        Options = options;
        Mesh = new(set, options.NegativeCells, options.SeparatorCells, options.PositiveCells);
        _negative = new(set.Negative, ParticleFactory.Create(set.Negative, options.ParticleTerms, options.NegativeCells), set, 0, options.NegativeCells,
            options.Ageing?.Negative);
        _positive = new(set.Positive, ParticleFactory.Create(set.Positive, options.ParticleTerms, options.PositiveCells), set, Mesh.FirstPositive,
            options.PositiveCells, options.Ageing?.Positive);
        _n = Mesh.Count;
        _positiveParticles = _negative.Particles.StateCount;
        _electrolyte = _positiveParticles + _positive.Particles.StateCount;
        _ageing = _electrolyte + _n;
        _positiveAgeing = _ageing + (_negative.Sides?.StateCount ?? 0);
        DifferentialCount = _positiveAgeing + (_positive.Sides?.StateCount ?? 0) + SharedCount;
        _potentials = DifferentialCount;
        _current = _potentials + 2 * _n;
        Size = _current + 1;
        _area = set.ElectrodeAreaM2;
        _collectorOhm = Mesh.WidthM[^1] / (2 * set.Positive.ConductivitySPerM * _area) + set.ContactResistanceOhm;
        _transport = new(set, Mesh);
        _conduction = new(set, Mesh);
        _matrix = new(_n);
        (_cells, _currentColumn) = (new double[TransportMatrix.Block * _n], new double[TransportMatrix.Block * _n]);
        _there = new double[Size];
        (_solid, _electrolytePotential) = (new double[_n], new double[_n]);
    }

    /// <summary>The resolution.</summary>
    public DfnOptions Options { get; }

    /// <inheritdoc/>
    public override CellMesh Mesh { get; }

    /// <inheritdoc/>
    public override bool IsAgeing => _ageing < DifferentialCount - SharedCount;

    /// <inheritdoc/>
    public override int Size { get; }

    /// <inheritdoc/>
    public override int DifferentialCount { get; }

    /// <inheritdoc/>
    public override int PotentialCount => 2 * _n;

    /// <inheritdoc/>
    public override int CurrentIndex => _current;

    /// <summary>The solid potential of the last cell.</summary>
    public override int CollectorIndex => _potentials + 2 * _n - 1;

    /// <inheritdoc/>
    public override double VoltageV(double collectorPotentialV, double currentA) => collectorPotentialV + currentA * _collectorOhm;

    /// <inheritdoc/>
    public override (double NegativeStoichiometry, double PositiveStoichiometry) Surface => (WeightedMean(_negative, _negative.Surface), WeightedMean(_positive, _positive.Surface));

    /// <inheritdoc/>
    public override double PlatingMarginV => _negative.LeastPotentialV(_solid, _electrolytePotential);

    /// <inheritdoc/>
    public override ReadOnlySpan<double> ElectrolyteMolPerM3(ReadOnlySpan<double> state) => state.Slice(_electrolyte, _n);

    /// <inheritdoc/>
    public override (double Negative, double Positive) MeanStoichiometry(ReadOnlySpan<double> state)
    {
        Span<double> mean = stackalloc double[Math.Max(_negative.Cells, _positive.Cells)];
        _negative.Particles.Mean(state[.._positiveParticles], mean);
        double negative = WeightedMean(_negative, mean);
        _positive.Particles.Mean(state.Slice(_positiveParticles, _positive.Particles.StateCount), mean);
        return (negative, WeightedMean(_positive, mean));
    }

    /// <inheritdoc/>
    public override void Refill(Span<double> state, double negativeStoichiometry, double positiveStoichiometry)
    {
        Renew(state);
        _negative.Particles.Fill(state[.._positiveParticles], negativeStoichiometry);
        _positive.Particles.Fill(state.Slice(_positiveParticles, _positive.Particles.StateCount), positiveStoichiometry);
        state.Slice(_electrolyte, _n).Fill(Set.Electrolyte.ConcentrationMolPerM3);
        state[(DifferentialCount - SharedCount)..DifferentialCount].Clear();
        if (IsThermal) state[TemperatureIndex] = AmbientTemperatureK;
        GuessPotentials(state, 0);
    }

    /// <inheritdoc/>
    public override void Renew(Span<double> state)
    {
        if (!IsAgeing) return;
        Span<double> mean = stackalloc double[Math.Max(_negative.Cells, _positive.Cells)];
        _negative.Particles.Mean(state[.._positiveParticles], mean);
        _negative.Renew(NegativeAgeing(state), mean, Mesh, state.Slice(_electrolyte, _n));
        _positive.Particles.Mean(state.Slice(_positiveParticles, _positive.Particles.StateCount), mean);
        _positive.Renew(PositiveAgeing(state), mean, Mesh, state.Slice(_electrolyte, _n));
        _transport.Renew();
    }

    /// <inheritdoc/>
    public override void Extrapolate(Span<double> state, ReadOnlySpan<double> changeState, double cycleFactor)
    {
        _negative.Sides?.Extrapolate(NegativeAgeing(state), NegativeAgeing(changeState), cycleFactor, _negative.Particles, state[.._positiveParticles]);
        _positive.Sides?.Extrapolate(PositiveAgeing(state), PositiveAgeing(changeState), cycleFactor, _positive.Particles, state[_positiveParticles.._electrolyte]);
    }

    /// <inheritdoc/>
    public override bool IsWorn(ReadOnlySpan<double> state) =>
        (_negative.Sides?.IsWorn(NegativeAgeing(state)) ?? false) || (_positive.Sides?.IsWorn(PositiveAgeing(state)) ?? false);

    /// <inheritdoc/>
    public override (ElectrodeHealth Negative, ElectrodeHealth Positive) Health(ReadOnlySpan<double> state) =>
        (_negative.Health(NegativeAgeing(state), Mesh, _area), _positive.Health(PositiveAgeing(state), Mesh, _area));

    /// <inheritdoc/>
    protected override void MakeNew(Span<double> state)
    {
        _negative.Sides?.Fill(NegativeAgeing(state));
        _positive.Sides?.Fill(PositiveAgeing(state));
    }

    /// <inheritdoc/>
    public override void GuessPotentials(Span<double> state, double currentA)
    {
        double negative = _negative.GuessOverPotentialV(state[.._positiveParticles], -currentA / _area, TemperatureK(state));
        double positive = _positive.GuessOverPotentialV(state.Slice(_positiveParticles, _positive.Particles.StateCount), currentA / _area, TemperatureK(state));
        for (int i = 0; i < _n; i++)
        {
            state[_potentials + 2 * i] = -negative;
            state[_potentials + 2 * i + 1] = i >= Mesh.FirstPositive ? positive - negative : 0;
        }

        state[_current] = currentA;
    }

    /// <inheritdoc/>
    protected override void EvaluateCell(double timeS, ReadOnlySpan<double> state, Span<double> derivatives)
    {
        double temperature = TemperatureK(state), current = state[_current], voltage = VoltageV(state);
        var electrolyte = state.Slice(_electrolyte, _n);
        for (int i = 0; i < _n; i++) (_electrolytePotential[i], _solid[i]) = (state[_potentials + 2 * i], state[_potentials + 2 * i + 1]);
        React(_negative, state[.._positiveParticles], electrolyte, temperature, derivatives[.._positiveParticles], NegativeAgeing(state), NegativeAgeing(derivatives));
        React(_positive, state[_positiveParticles.._electrolyte], electrolyte, temperature, derivatives[_positiveParticles.._electrolyte], PositiveAgeing(state), PositiveAgeing(derivatives));

        _transport.Evaluate(electrolyte, _electrolytePotential, temperature);
        var electrolyteRate = derivatives.Slice(_electrolyte, _n);
        var balance = derivatives.Slice(_potentials, 2 * _n);
        _transport.Balance(electrolyteRate, balance);
        AddReaction(_negative, electrolyteRate, balance);
        AddReaction(_positive, electrolyteRate, balance);
        _conduction.Balance(_solid, current / _area, balance);
        _load = Load.At(timeS, current, voltage);
        derivatives[_current] = _load.G;
    }

    /// <inheritdoc/>
    protected override void LineariseCell(ReadOnlySpan<double> state, Span<double> timeDerivative)
    {
        timeDerivative.Clear();
        if (IsAgeing) state.CopyTo(_there);
        timeDerivative[_current] = _load.GT;
        (_rowCurrent, _rowVoltage) = (_load.GI + _load.GV * _collectorOhm, _load.GV);
    }

    /// <inheritdoc/>
    protected override bool FactoriseCell(double shiftPerS)
    {
        _negative.Condense(shiftPerS, _negative.Sides is null ? [] : _there.AsSpan(_ageing, _negative.Sides.StateCount));
        _positive.Condense(shiftPerS, _positive.Sides is null ? [] : _there.AsSpan(_positiveAgeing, _positive.Sides.StateCount));
        _transport.Fill(_matrix, shiftPerS);
        FillReaction(_negative);
        FillReaction(_positive);
        _conduction.Fill(_matrix);
        if (!_matrix.Factorise()) return false;
        if (_rowVoltage == 0) return true;
        Array.Clear(_currentColumn);
        _currentColumn[^1] = 1 / _area;
        _matrix.Solve(_currentColumn);
        return true;
    }

    /// <inheritdoc/>
    protected override double CellError(ReadOnlySpan<double> errorState)
    {
        double potential = 0, salt = 0;
        for (int i = 0; i < 2 * _n; i++) potential += errorState[_potentials + i] * errorState[_potentials + i];
        for (int i = 0; i < _n; i++) salt += errorState[_electrolyte + i] * errorState[_electrolyte + i];
        potential = Math.Sqrt(potential / (2 * _n));
        salt = 0.1 * Math.Sqrt(salt / _n) / Set.Electrolyte.ConcentrationMolPerM3;
        double negative = SurfaceError(_negative, errorState[.._positiveParticles]);
        double positive = SurfaceError(_positive, errorState.Slice(_positiveParticles, _positive.Particles.StateCount));
        double ageing = Math.Max(_negative.Sides?.Error(NegativeAgeing(errorState), NegativeAgeing(_there)) ?? 0,
            _positive.Sides?.Error(PositiveAgeing(errorState), PositiveAgeing(_there)) ?? 0);
        return Math.Max(Math.Max(potential, Math.Max(salt, ageing)), Math.Max(negative, positive));
    }

    void React(PorousElectrode electrode, ReadOnlySpan<double> particles, ReadOnlySpan<double> electrolyte, double temperatureK, Span<double> rate,
        ReadOnlySpan<double> ageing, Span<double> ageingRate)
    {
        int first = electrode.FirstCell, count = electrode.Cells;
        electrode.React(particles, electrolyte.Slice(first, count), _electrolytePotential.AsSpan(first, count), _solid.AsSpan(first, count), temperatureK,
            ageing);
        electrode.Age(particles, ageing, ageingRate);
        electrode.Particles.Rates(particles, electrode.MainReaction, temperatureK, rate);
    }

    void AddReaction(PorousElectrode electrode, Span<double> electrolyteRate, Span<double> balance)
    {
        for (int i = 0; i < electrode.Cells; i++)
        {
            int cell = electrode.FirstCell + i;
            double source = electrode.SurfacePerM[i] * electrode.Reaction[i];
            electrolyteRate[cell] += _transport.SaltPerCharge[cell] * source;
            source *= Mesh.WidthM[cell];
            balance[2 * cell] += source;
            balance[2 * cell + 1] = -source;
        }
    }

    void FillReaction(PorousElectrode electrode)
    {
        for (int i = 0; i < electrode.Cells; i++)
        {
            int cell = electrode.FirstCell + i;
            double surface = electrode.SurfacePerM[i];
            var d = _matrix.Diagonal(cell);
            double byConcentration = surface * electrode.CondensedConcentration[i], byPotential = surface * electrode.CondensedPotential[i];
            double salt = _transport.SaltPerCharge[cell], width = Mesh.WidthM[cell];
            d[0] -= salt * byConcentration;
            d[1] += salt * byPotential;
            d[2] -= salt * byPotential;
            d[3] -= width * byConcentration;
            d[4] += width * byPotential;
            d[5] -= width * byPotential;
            d[6] += width * byConcentration;
            d[7] -= width * byPotential;
            d[8] += width * byPotential;
        }
    }

    /// <inheritdoc/>
    protected override void SolveCell(Span<double> residuals)
    {
        var negative = residuals[.._positiveParticles];
        var positive = residuals.Slice(_positiveParticles, _positive.Particles.StateCount);
        for (int i = 0; i < _n; i++)
        {
            _cells[3 * i] = residuals[_electrolyte + i];
            _cells[3 * i + 1] = residuals[_potentials + 2 * i];
            _cells[3 * i + 2] = residuals[_potentials + 2 * i + 1];
        }

        Fold(_negative, negative, NegativeAgeing(residuals));
        Fold(_positive, positive, PositiveAgeing(residuals));
        double current = -residuals[_current] / _rowCurrent;
        if (_rowVoltage == 0) _cells[^1] += current / _area;
        _matrix.Solve(_cells);
        if (_rowVoltage != 0)
        {
            current = -(residuals[_current] + _rowVoltage * _cells[^1]) / (_rowCurrent + _rowVoltage * _currentColumn[^1]);
            Lanes.AddScaled(_cells, _currentColumn, current);
        }

        residuals[_current] = current;
        for (int i = 0; i < _n; i++)
        {
            residuals[_electrolyte + i] = _cells[3 * i];
            residuals[_potentials + 2 * i] = _cells[3 * i + 1];
            residuals[_potentials + 2 * i + 1] = _cells[3 * i + 2];
        }

        Unfold(_negative, negative, NegativeAgeing(residuals));
        Unfold(_positive, positive, PositiveAgeing(residuals));
    }

    void Fold(PorousElectrode electrode, ReadOnlySpan<double> particles, ReadOnlySpan<double> ageing)
    {
        electrode.Fold(particles, ageing);
        for (int i = 0; i < electrode.Cells; i++)
        {
            int cell = electrode.FirstCell + i;
            double source = electrode.SurfacePerM[i] * electrode.Constant[i];
            _cells[3 * cell] += _transport.SaltPerCharge[cell] * source;
            source *= Mesh.WidthM[cell];
            _cells[3 * cell + 1] += source;
            _cells[3 * cell + 2] -= source;
        }
    }

    void Unfold(PorousElectrode electrode, Span<double> particles, Span<double> ageing)
    {
        for (int i = 0; i < electrode.Cells; i++)
        {
            int at = TransportMatrix.Block * (electrode.FirstCell + i);
            electrode.Unfold(i, _cells[at], _cells[at + 2] - _cells[at + 1], ageing);
        }

        electrode.Particles.Expand(particles, electrode.MainChange);
    }

    Span<double> NegativeAgeing(Span<double> state) => state[_ageing.._positiveAgeing];

    ReadOnlySpan<double> NegativeAgeing(ReadOnlySpan<double> state) => state[_ageing.._positiveAgeing];

    Span<double> PositiveAgeing(Span<double> state) => state[_positiveAgeing..(DifferentialCount - SharedCount)];

    ReadOnlySpan<double> PositiveAgeing(ReadOnlySpan<double> state) => state[_positiveAgeing..(DifferentialCount - SharedCount)];

    /// <inheritdoc/>
    protected override double StoredW(double temperatureK) => StoredW(_negative, temperatureK) + StoredW(_positive, temperatureK);

    double StoredW(PorousElectrode electrode, double temperatureK)
    {
        double stored = 0;
        for (int i = 0; i < electrode.Cells; i++)
            stored += electrode.SurfacePerM[i] * electrode.MainReaction[i] * (electrode.Potential[i] - temperatureK * electrode.Entropic[i]) * Mesh.WidthM[electrode.FirstCell + i];
        return stored * _area;
    }

    /// <inheritdoc/>
    protected override void KeepHeatRow(ReadOnlySpan<double> state)
    {
        KeepStored(_negative, TemperatureK(state));
        KeepStored(_positive, TemperatureK(state));
        (_voltageThere, _currentThere) = (VoltageV(state), state[_current]);
    }

    /// <inheritdoc/>
    protected override double HeatRowW(ReadOnlySpan<double> solutionState) =>
        _voltageThere * solutionState[_current] + _currentThere * VoltageV(solutionState) - StoredChange(_negative) - StoredChange(_positive);

    /// <summary>Slopes of the stored power, kept from the point of linearisation while the stages move on.</summary>
    void KeepStored(PorousElectrode electrode, double temperatureK)
    {
        for (int i = 0; i < electrode.Cells; i++)
        {
            double area = electrode.SurfacePerM[i] * _area * Mesh.WidthM[electrode.FirstCell + i];
            electrode.StoredByReaction[i] = area * (electrode.Potential[i] - temperatureK * electrode.Entropic[i]);
            electrode.StoredBySurface[i] = area * electrode.MainReaction[i] * (electrode.PotentialSlope[i] - temperatureK * electrode.EntropicSlope[i]);
        }
    }

    static double StoredChange(PorousElectrode electrode)
    {
        double stored = 0;
        for (int i = 0; i < electrode.Cells; i++)
            stored += electrode.StoredByReaction[i] * electrode.MainChange[i] + electrode.StoredBySurface[i] * electrode.SurfaceChange[i];
        return stored;
    }

    double SurfaceError(PorousElectrode electrode, ReadOnlySpan<double> error)
    {
        Span<double> surface = stackalloc double[electrode.Cells];
        electrode.Particles.Surface(error, surface);
        double sum = 0;
        foreach (double value in surface) sum += value * value;
        return Math.Sqrt(sum / electrode.Cells);
    }

    double WeightedMean(PorousElectrode electrode, ReadOnlySpan<double> values)
    {
        double sum = 0, weights = 0;
        for (int i = 0; i < electrode.Cells; i++)
        {
            double weight = electrode.SurfacePerM[i] * Mesh.WidthM[electrode.FirstCell + i];
            sum += values[i] * weight;
            weights += weight;
        }

        return sum / weights;
    }
}
