using System.Numerics;
using System.Runtime.InteropServices;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Particles;

namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>Many single-particle cells as groups in parallel, the groups in series: all cells in one sweep of vectors.</summary>
/// <remarks>
/// Each mode of each particle decays exactly over a step of constant current; arrays are mode by mode, cells side by side. Within a group the
/// cells share one voltage: Newton's method on their currents, warm from the step before, until the voltages agree to a microvolt.
/// Isothermal; only sets of constant solid diffusivity have this closed form. A step allocates nothing.
/// </remarks>
public sealed class ParticlePack
{
    const double AgreementV = 1e-6;

    const int MostRounds = 20;

    readonly ParameterSet _set;
    readonly int _cells, _parallel;
    readonly double[] _resistanceOhm, _current, _voltageV, _openV, _slopeOhm;
    readonly Side _negative, _positive;
    readonly double _temperatureK;
    double _stepS = double.NaN;

    /// <summary>A pack at rest.</summary>
    /// <param name="set">The cells.</param>
    /// <param name="parallel">Cells in a group.</param>
    /// <param name="cells">All cells, group by group; as many as fill whole groups.</param>
    /// <param name="particleTerms">Modes a particle.</param>
    /// <exception cref="ArgumentException">A solid diffusivity varies with lithium content, or the cells do not fill groups.</exception>
    public ParticlePack(ParameterSet set, int parallel, IReadOnlyList<CellSpread> cells, int particleTerms = 8)
    {
        if (!set.Negative.DiffusivityM2PerS.IsConstant || !set.Positive.DiffusivityM2PerS.IsConstant)
            throw new ArgumentException($"a solid diffusivity of '{set.Id}' varies with lithium content, so a step has no closed form", nameof(set));
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        if (cells.Count == 0 || cells.Count % parallel != 0) throw new ArgumentException($"{cells.Count} cells do not fill groups of {parallel}", nameof(cells));
        (_set, _parallel, _cells, _temperatureK) = (set, parallel, cells.Count, set.AmbientTemperatureK);
        _resistanceOhm = [.. cells.Select(c => c.ResistanceOhm)];
        int padded = Padded(_cells);
        (_current, _voltageV, _openV, _slopeOhm) = (new double[padded], new double[_cells], new double[padded], new double[padded]);
        var modes = new SphereModes(particleTerms);
        var balance = new ElectrodeBalance(set);
        _negative = new(set.Negative, set, modes, cells, -1, [.. cells.Select(c => balance.Stoichiometries(c.StartSoc).NegativeStoichiometry)]);
        _positive = new(set.Positive, set, modes, cells, 1, [.. cells.Select(c => balance.Stoichiometries(c.StartSoc).PositiveStoichiometry)]);
        React();
    }

    /// <summary>Current of each cell, A, positive while charging.</summary>
    public ReadOnlySpan<double> CurrentA => _current.AsSpan(0, _cells);

    /// <summary>Voltage of each cell, V.</summary>
    public ReadOnlySpan<double> VoltageV => _voltageV;

    /// <summary>Voltage of all groups in series, V.</summary>
    public double PackVoltageV
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < _cells; i += _parallel) sum += _voltageV[i];
            return sum;
        }
    }

    /// <summary>Cells rounded up to whole machine vectors.</summary>
    static int Padded(int cells) => (cells + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>Mean stoichiometries of a cell.</summary>
    public (double Negative, double Positive) MeanStoichiometry(int cell) => (_negative.Mean(cell), _positive.Mean(cell));

    /// <summary>Shares a pack current among the cells, then lets it run for a step.</summary>
    /// <param name="packCurrentA">Current through the pack, A, positive while charging.</param>
    /// <param name="stepS">Length, s, &gt; 0.</param>
    /// <returns>False when a particle ran empty or full, or the cells find no common voltage: the pack then has no further state.</returns>
    public bool Step(double packCurrentA, double stepS)
    {
        if (stepS != _stepS)
        {
            _stepS = stepS;
            _negative.Prepare(stepS, _temperatureK);
            _positive.Prepare(stepS, _temperatureK);
        }

        if (!Share(packCurrentA)) return false;
        _negative.Advance(_current);
        _positive.Advance(_current);
        React();
        return Share(packCurrentA);
    }

    /// <summary>Newton's method for the currents of every group; the voltages are those of <see cref="React"/> or the last round.</summary>
    bool Share(double packCurrentA)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            double worst = 0;
            for (int first = 0; first < _cells; first += _parallel)
            {
                double conductance = 0, carried = 0;
                for (int i = first; i < first + _parallel; i++)
                {
                    double each = 1 / _slopeOhm[i];
                    conductance += each;
                    carried += _current[i] - _voltageV[i] * each;
                }

                double common = (packCurrentA - carried) / conductance;
                if (!double.IsFinite(common)) return false;
                for (int i = first; i < first + _parallel; i++)
                {
                    double change = (common - _voltageV[i]) / _slopeOhm[i];
                    _current[i] += change;
                    _voltageV[i] = common;
                    // The bend of the overpotential is at most its slope over its own scale: what a linear share leaves out.
                    worst = Math.Max(worst, 0.5 * change * change * _slopeOhm[i] / Math.Max(_set.CapacityAh, Math.Abs(_current[i])));
                }
            }

            if (worst < AgreementV) return true;
            React();
        }

        return false;
    }

    void React()
    {
        _negative.React(_current, _temperatureK, _openV, _slopeOhm, first: true);
        _positive.React(_current, _temperatureK, _openV, _slopeOhm, first: false);
        for (int i = 0; i < _cells; i++)
        {
            _voltageV[i] = _openV[i] + _resistanceOhm[i] * _current[i];
            _slopeOhm[i] += _resistanceOhm[i];
        }
    }

    /// <summary>One electrode of all cells.</summary>
    sealed class Side
    {
        readonly ElectrodeParameters _electrode;
        readonly SphereModes _modes;
        readonly int _cells, _sign;
        readonly double _referenceK;
        readonly double[] _state, _remains, _gain, _surface, _openV, _exchange, _reactionPerA, _diffusivityFactor;

        public Side(ElectrodeParameters electrode, ParameterSet set, SphereModes modes, IReadOnlyList<CellSpread> cells, int sign, double[] stoichiometry)
        {
            (_electrode, _modes, _cells, _sign, _referenceK) = (electrode, modes, cells.Count, sign, set.ReferenceTemperatureK);
            int all = modes.Count * _cells;
            (_state, _remains, _gain) = (new double[all], new double[all], new double[all]);
            int padded = Padded(_cells);
            (_surface, _openV, _exchange) = (new double[_cells], new double[padded], new double[padded]);
            Array.Fill(_exchange, 1);
            double perA = sign / (set.ElectrodeAreaM2 * electrode.SurfacePerM * electrode.ThicknessM);
            _reactionPerA = new double[padded];
            for (int i = 0; i < _cells; i++) _reactionPerA[i] = perA / cells[i].CapacityFactor;
            _diffusivityFactor = [.. cells.Select(c => c.DiffusivityFactor)];
            stoichiometry.CopyTo(_state, 0);
        }

        public double Mean(int cell) => _state[cell];

        public void Prepare(double stepS, double temperatureK)
        {
            double radius = _electrode.ParticleRadiusM, rate = _electrode.DiffusivityM2PerS.At(0.5, temperatureK) / (radius * radius);
            double flux = -3 / (Constants.FaradayCPerMol * radius * _electrode.MaximumConcentrationMolPerM3);
            for (int k = 0; k < _modes.Count; k++)
                for (int i = 0; i < _cells; i++)
                {
                    double lambda = rate * _diffusivityFactor[i] * _modes.Eigenvalues[k], remains = Math.Exp(-lambda * stepS);
                    _remains[k * _cells + i] = remains;
                    _gain[k * _cells + i] = flux * _modes.SurfaceValues[k] * _reactionPerA[i] * (k == 0 ? stepS : (1 - remains) / lambda);
                }
        }

        public void Advance(double[] currentA)
        {
            for (int k = 0; k < _modes.Count; k++)
            {
                int at = k * _cells;
                var state = MemoryMarshal.Cast<double, Vector<double>>(_state.AsSpan(at, _cells));
                var remains = MemoryMarshal.Cast<double, Vector<double>>(_remains.AsSpan(at, _cells));
                var gain = MemoryMarshal.Cast<double, Vector<double>>(_gain.AsSpan(at, _cells));
                var current = Wide(currentA);
                for (int i = 0; i < state.Length; i++) state[i] = state[i] * remains[i] + gain[i] * current[i];
                for (int i = state.Length * Vector<double>.Count; i < _cells; i++) _state[at + i] = _state[at + i] * _remains[at + i] + _gain[at + i] * currentA[i];
            }
        }

        static Span<Vector<double>> Wide(double[] values) => MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan());

        /// <summary>Adds ± (U + η) and its slope in the current.</summary>
        public void React(double[] currentA, double temperatureK, double[] potentialV, double[] slopeOhm, bool first)
        {
            _state.AsSpan(0, _cells).CopyTo(_surface);
            for (int k = 1; k < _modes.Count; k++) Lanes.AddScaled(_surface, _state.AsSpan(k * _cells, _cells), _modes.SurfaceValues[k]);
            double factor = 2 * _electrode.ExchangeCurrent.Temperature.Factor(temperatureK), offset = temperatureK - _referenceK;
            double thermalV = 2 * Constants.GasJPerMolK * temperatureK / Constants.FaradayCPerMol;
            for (int i = 0; i < _cells; i++)
            {
                double x = _surface[i];
                _openV[i] = x > 0 && x < 1 ? _electrode.OpenCircuitPotentialV.At(x, temperatureK, out _) : double.NaN;
                if (offset != 0) _openV[i] += offset * _electrode.EntropicVPerK.At(x, temperatureK, out _);
                _exchange[i] = factor * _electrode.ExchangeCurrent.At(1, x, out _);
            }

            // U + (2RT/F)·asinh(j/2j₀) by the logarithm, a machine vector of cells at a time.
            var potential = Wide(potentialV);
            var slope = Wide(slopeOhm);
            Vector<double> thermal = new(_sign * thermalV), side = new(_sign);
            var old = new Vector<double>(first ? 0 : 1);
            for (int i = 0; i < potential.Length; i++)
            {
                Vector<double> j0 = Wide(_exchange)[i], perA = Wide(_reactionPerA)[i], j = perA * Wide(currentA)[i], root = Vector.SquareRoot(j * j + j0 * j0);
                var asinh = Vector.CopySign(Vector.Log((Vector.Abs(j) + root) / j0), j);
                potential[i] = old * potential[i] + side * Wide(_openV)[i] + thermal * asinh;
                slope[i] = old * slope[i] + thermal * perA / root;
            }
        }
    }
}
