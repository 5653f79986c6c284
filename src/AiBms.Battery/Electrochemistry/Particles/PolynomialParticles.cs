using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Numerics;

namespace AiBms.Battery.Electrochemistry.Particles;

/// <summary>Particles whose diffusivity varies with stoichiometry: the same even polynomials, coupled, solved particle by particle.</summary>
/// <remarks>
/// Galerkin: daₖ/dt = −(1/R²)∫3ρ²·D(x)·φₖ′·x′ dρ − 3sₖ·j/(F·R·c_max), by Gauss quadrature. Mode 0 has no slope, so lithium is conserved to
/// rounding. State: cell-major, aₖ of cell i at i·terms + k, in stoichiometry.
/// </remarks>
sealed class PolynomialParticles : IParticleEnsemble
{
    readonly MaterialFunction _diffusivity;
    readonly SphereModes _modes;
    readonly int _cells, _terms, _nodes;
    readonly double _radiusSquared, _fluxScale;
    readonly double[] _value, _slope, _weight;      // by node and term; by node
    readonly double[] _gradient, _here, _change; // by cell and node: ∂x/∂ρ, D, dD/dx
    readonly double[] _matrix, _response, _solution, _gain;
    readonly int[] _pivot;

    /// <summary>Particles of an electrode on a number of cells.</summary>
    public PolynomialParticles(ElectrodeParameters electrode, SphereModes modes, int cells)
    {
        (_diffusivity, _modes, _cells, _terms) = (electrode.DiffusivityM2PerS, modes, cells, modes.Count);
        _radiusSquared = electrode.ParticleRadiusM * electrode.ParticleRadiusM;
        _fluxScale = 3 / (Constants.FaradayCPerMol * electrode.ParticleRadiusM * electrode.MaximumConcentrationMolPerM3);
        (double[] nodes, double[] weights) = GaussLegendre.OnUnitInterval(_terms + 6);
        _nodes = nodes.Length;
        (_value, _slope, _weight) = (new double[_nodes * _terms], new double[_nodes * _terms], new double[_nodes]);
        for (int q = 0; q < _nodes; q++)
        {
            modes.At(nodes[q], _value.AsSpan(q * _terms, _terms), _slope.AsSpan(q * _terms, _terms));
            _weight[q] = 3 * nodes[q] * nodes[q] * weights[q] / _radiusSquared;
        }

        (_gradient, _here, _change) = (new double[cells * _nodes], new double[cells * _nodes], new double[cells * _nodes]);
        (_matrix, _pivot) = (new double[cells * _terms * _terms], new int[cells * _terms]);
        (_response, _solution, _gain) = (new double[cells * _terms], new double[cells * _terms], new double[cells]);
    }

    /// <inheritdoc/>
    public int StateCount => _cells * _terms;

    /// <inheritdoc/>
    public ReadOnlySpan<double> SurfaceGain => _gain;

    /// <inheritdoc/>
    public void Fill(Span<double> state, double stoichiometry)
    {
        state.Clear();
        for (int i = 0; i < _cells; i++) state[i * _terms] = stoichiometry;
    }

    /// <inheritdoc/>
    public void Surface(ReadOnlySpan<double> state, Span<double> surface)
    {
        for (int i = 0; i < _cells; i++) surface[i] = Dot(_modes.SurfaceValues, state.Slice(i * _terms, _terms));
    }

    /// <inheritdoc/>
    public void Mean(ReadOnlySpan<double> state, Span<double> mean)
    {
        for (int i = 0; i < _cells; i++) mean[i] = state[i * _terms];
    }

    /// <inheritdoc/>
    public void Rates(ReadOnlySpan<double> state, ReadOnlySpan<double> reactionAPerM2, double temperatureK, Span<double> rate)
    {
        for (int i = 0; i < _cells; i++)
        {
            var a = state.Slice(i * _terms, _terms);
            var to = rate.Slice(i * _terms, _terms);
            double flux = -_fluxScale * reactionAPerM2[i];
            for (int k = 0; k < _terms; k++) to[k] = flux * _modes.SurfaceValues[k];
            for (int q = 0; q < _nodes; q++)
            {
                int node = i * _nodes + q;
                double x = Dot(_value.AsSpan(q * _terms, _terms), a), gradient = Dot(_slope.AsSpan(q * _terms, _terms), a);
                double diffusivity = _diffusivity.At(x, temperatureK, out double slope);
                (_here[node], _gradient[node], _change[node]) = (diffusivity, gradient, slope);
                Lanes.AddScaled(to, _slope.AsSpan(q * _terms, _terms), -_weight[q] * diffusivity * gradient);
            }
        }
    }

    /// <inheritdoc/>
    public void Factorise(double shift)
    {
        for (int i = 0; i < _cells; i++)
        {
            var matrix = _matrix.AsSpan(i * _terms * _terms, _terms * _terms);
            matrix.Clear();
            for (int k = 0; k < _terms; k++) matrix[k * _terms + k] = shift;
            for (int q = 0; q < _nodes; q++)
            {
                int node = i * _nodes + q;
                ReadOnlySpan<double> value = _value.AsSpan(q * _terms, _terms), slope = _slope.AsSpan(q * _terms, _terms);
                double bySlope = _weight[q] * _here[node], byValue = _weight[q] * _change[node] * _gradient[node];
                for (int k = 1; k < _terms; k++)
                {
                    Lanes.AddScaled(matrix.Slice(k * _terms, _terms), slope, bySlope * slope[k]);
                    Lanes.AddScaled(matrix.Slice(k * _terms, _terms), value, byValue * slope[k]);
                }
            }

            var pivot = _pivot.AsSpan(i * _terms, _terms);
            var response = _response.AsSpan(i * _terms, _terms);
            for (int k = 0; k < _terms; k++) response[k] = -_fluxScale * _modes.SurfaceValues[k];
            _gain[i] = double.NaN;
            if (!LowerUpper.Factorise(matrix, pivot, _terms)) continue;
            LowerUpper.Solve(matrix, pivot, _terms, response);
            _gain[i] = Dot(_modes.SurfaceValues, response);
        }
    }

    /// <inheritdoc/>
    public void Condense(ReadOnlySpan<double> b, Span<double> surface)
    {
        b.CopyTo(_solution);
        for (int i = 0; i < _cells; i++)
        {
            var part = _solution.AsSpan(i * _terms, _terms);
            LowerUpper.Solve(_matrix.AsSpan(i * _terms * _terms, _terms * _terms), _pivot.AsSpan(i * _terms, _terms), _terms, part);
            surface[i] = Dot(_modes.SurfaceValues, part);
        }
    }

    /// <inheritdoc/>
    public void Expand(Span<double> b, ReadOnlySpan<double> reactionChange)
    {
        for (int i = 0; i < _cells; i++)
            Lanes.Combine(b.Slice(i * _terms, _terms), _solution.AsSpan(i * _terms, _terms), 1, _response.AsSpan(i * _terms, _terms), reactionChange[i]);
    }

    static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
