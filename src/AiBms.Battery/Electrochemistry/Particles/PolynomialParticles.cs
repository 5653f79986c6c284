using System.Numerics;
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
    readonly double[] _value, _slope, _weight;      // by term and node; by node
    readonly double[] _gradient, _here, _change; // by cell and node: ∂x/∂ρ, D, dD/dx
    readonly double[] _stoichiometry, _product;  // by node
    readonly double[] _matrix, _response, _solution, _gain;
    readonly int[] _pivot;

    /// <summary>Particles of an electrode on a number of cells.</summary>
    public PolynomialParticles(ElectrodeParameters electrode, SphereModes modes, int cells)
    {
        (_diffusivity, _modes, _cells, _terms) = (electrode.DiffusivityM2PerS, modes, cells, modes.Count);
        _radiusSquared = electrode.ParticleRadiusM * electrode.ParticleRadiusM;
        _fluxScale = 3 / (Constants.FaradayCPerMol * electrode.ParticleRadiusM * electrode.MaximumConcentrationMolPerM3);
        // As many nodes as fill machine vectors.
        (double[] nodes, double[] weights) = GaussLegendre.OnUnitInterval((_terms + 6 + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count);
        _nodes = nodes.Length;
        (_value, _slope, _weight) = (new double[_nodes * _terms], new double[_nodes * _terms], new double[_nodes]);
        (_stoichiometry, _product) = (new double[_nodes], new double[_nodes]);
        double[] value = new double[_terms], slope = new double[_terms];
        for (int q = 0; q < _nodes; q++)
        {
            modes.At(nodes[q], value, slope);
            for (int k = 0; k < _terms; k++) (_value[k * _nodes + q], _slope[k * _nodes + q]) = (value[k], slope[k]);
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
    public void Shift(Span<double> state, int cell, double change) => state[cell * _terms] += change;

    /// <inheritdoc/>
    public void Surface(ReadOnlySpan<double> state, Span<double> surface)
    {
        for (int i = 0; i < _cells; i++) surface[i] = Lanes.Dot(_modes.SurfaceValues, state.Slice(i * _terms, _terms));
    }

    /// <inheritdoc/>
    public void At(ReadOnlySpan<double> state, double radiusFraction, Span<double> stoichiometry)
    {
        double[] values = new double[_terms];
        _modes.At(radiusFraction, values);
        for (int i = 0; i < _cells; i++) stoichiometry[i] = Lanes.Dot(values, state.Slice(i * _terms, _terms));
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
            Span<double> gradient = _gradient.AsSpan(i * _nodes, _nodes), here = _here.AsSpan(i * _nodes, _nodes);
            Array.Fill(_stoichiometry, a[0]);
            gradient.Clear();
            for (int k = 1; k < _terms; k++)
            {
                Lanes.AddScaled(_stoichiometry, _value.AsSpan(k * _nodes, _nodes), a[k]);
                Lanes.AddScaled(gradient, _slope.AsSpan(k * _nodes, _nodes), a[k]);
            }

            _diffusivity.At(_stoichiometry, temperatureK, here, _change.AsSpan(i * _nodes, _nodes));
            for (int q = 0; q < _nodes; q++) _product[q] = _weight[q] * here[q] * gradient[q];
            double flux = -_fluxScale * reactionAPerM2[i];
            to[0] = flux;
            for (int k = 1; k < _terms; k++) to[k] = flux * _modes.SurfaceValues[k] - Lanes.Dot(_slope.AsSpan(k * _nodes, _nodes), _product);
        }
    }

    /// <inheritdoc/>
    public void Factorise(double shift)
    {
        Span<double> column = stackalloc double[_nodes];
        for (int i = 0; i < _cells; i++)
        {
            var matrix = _matrix.AsSpan(i * _terms * _terms, _terms * _terms);
            matrix.Clear();
            for (int k = 0; k < _terms; k++) matrix[k * _terms + k] = shift;
            for (int q = 0; q < _nodes; q++)
            {
                int node = i * _nodes + q;
                (_stoichiometry[q], _product[q]) = (_weight[q] * _here[node], _weight[q] * _change[node] * _gradient[node]);
            }

            for (int m = 0; m < _terms; m++)
            {
                Lanes.Multiply(column, _slope.AsSpan(m * _nodes, _nodes), _stoichiometry, _value.AsSpan(m * _nodes, _nodes), _product);
                for (int k = 1; k < _terms; k++) matrix[k * _terms + m] += Lanes.Dot(_slope.AsSpan(k * _nodes, _nodes), column);
            }

            var pivot = _pivot.AsSpan(i * _terms, _terms);
            var response = _response.AsSpan(i * _terms, _terms);
            for (int k = 0; k < _terms; k++) response[k] = -_fluxScale * _modes.SurfaceValues[k];
            _gain[i] = double.NaN;
            if (!LowerUpper.Factorise(matrix, pivot, _terms)) continue;
            LowerUpper.Solve(matrix, pivot, _terms, response);
            _gain[i] = Lanes.Dot(_modes.SurfaceValues, response);
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
            surface[i] = Lanes.Dot(_modes.SurfaceValues, part);
        }
    }

    /// <inheritdoc/>
    public void Expand(Span<double> b, ReadOnlySpan<double> reactionChange)
    {
        for (int i = 0; i < _cells; i++)
            Lanes.Combine(b.Slice(i * _terms, _terms), _solution.AsSpan(i * _terms, _terms), 1, _response.AsSpan(i * _terms, _terms), reactionChange[i]);
    }
}
