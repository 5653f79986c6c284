using AiBms.Battery.Cells;
using AiBms.Battery.Thermal;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Temperature of one measured cell, inside and outside, now and later: its circuit gives the heat, a <see cref="ThermalFilter"/> the rest.</summary>
public sealed class CellTemperature
{
    /// <summary>
    /// Load that is not known goes on as it was over the shorter time, and turns into its mean over the longer one, s. Picked on the
    /// training recordings of LG HG2 and Panasonic.
    /// </summary>
    const double ShortS = 30, LongS = 7200, TurnS = 60;

    /// <summary>
    /// The trend of measured surroundings is their distance from their running mean over so long, s, by that time: what a chamber that rises does goes on.
    /// </summary>
    const double TrendS = 600;

    readonly RollAxis? _roll;
    readonly EkfEstimator<double> _soc;
    readonly TheveninModel _circuit;
    readonly ThermalFilter _thermal;
    readonly ThermalFilterOptions _options;
    readonly double[] _state;
    double _lastS = double.NaN, _shortW, _longW, _longSquareW2, _seenS;
    double _aroundDegC = double.NaN, _aroundMeanDegC, _aroundRateKPerS, _aroundStepS;

    /// <param name="cell">With circuit and thermal numbers; refused with an <see cref="ArgumentException"/> otherwise.</param>
    /// <param name="options">Beliefs; null for the defaults.</param>
    public CellTemperature(CellType cell, ThermalFilterOptions? options = null)
    {
        var parameters = cell.Thermal ?? throw new ArgumentException($"Cell {cell.Id} has no thermal numbers: identify them first.", nameof(cell));
        _options = options ?? new();
        (_soc, _circuit, _thermal) = (new(cell), new(cell), new(parameters, _options));
        _roll = parameters.AxisToCaseKPerW > 0 ? new(parameters.CoreHeatCapacityJPerK, parameters.AxisToCaseKPerW) : null;
        _state = new double[_circuit.StateCount];
        _soc.Start(SocStart.Unknown);
    }

    /// <summary>The filter on the temperatures.</summary>
    public ThermalFilter Now => _thermal;

    /// <summary>The hottest place inside, °C: the axis of a wound cell whose conduction is known, else the core.</summary>
    public double InsideDegC => _roll?.AxisDegC ?? _thermal.CoreDegC;

    /// <summary>One standard deviation of <see cref="InsideDegC"/>, K.</summary>
    public double InsideDegCDeviation
    {
        get
        {
            if (_roll is null) return _thermal.CoreDegCDeviation;
            double rise = RollAxis.RiseDeviationFraction * (_roll.AxisDegC - _thermal.CaseDegC);
            return Math.Sqrt(rise * rise + _thermal.CoreDegCDeviation * _thermal.CoreDegCDeviation + RollAxis.ProbeOffsetDeviationK * RollAxis.ProbeOffsetDeviationK);
        }
    }

    /// <summary>Takes in a sample; a temperature that is not a number is passed over.</summary>
    public void Step(in CellSample sample)
    {
        _soc.Step(sample);
        double stepS = double.IsNaN(_lastS) ? 0 : Math.Clamp(sample.TimeS - _lastS, 0, Units.SecondsPerHour);
        _lastS = sample.TimeS;
        _aroundStepS += stepS;
        if (!_thermal.IsRunning)
        {
            if (!double.IsFinite(sample.TemperatureDegC)) return;
            _thermal.Begin(sample.TemperatureDegC);
            _roll?.Begin(sample.TemperatureDegC);
            return;
        }

        double heatW = _soc.HeatW;
        if (stepS > 0)
        {
            _roll?.Step(heatW * (1 + RollAxis.HeatFraction * (_thermal.HeatFactor - 1)), _thermal.CaseDegC, stepS);
            _thermal.Predict(heatW, stepS);
            _seenS += stepS;
            double brief = Math.Max(1 - Math.Exp(-stepS / ShortS), Math.Min(1, stepS / _seenS)), slow = Math.Max(1 - Math.Exp(-stepS / LongS), Math.Min(1, stepS / _seenS));
            _shortW += (heatW - _shortW) * brief;
            _longW += (heatW - _longW) * slow;
            _longSquareW2 += (heatW * heatW - _longSquareW2) * slow;
        }

        if (double.IsFinite(sample.TemperatureDegC)) _thermal.Correct(sample.TemperatureDegC, _options.ProbeDeviationK);
    }

    /// <summary>Takes in a measured temperature of the surroundings, at the time of the last sample, °C; one that is not a number is passed over.</summary>
    /// <remarks>Only how it moves is taken: how far the place of its probe is from what the case feels is for the filter to find out.</remarks>
    public void StepSurroundings(double ambientDegC)
    {
        if (!double.IsFinite(ambientDegC)) return;
        if (double.IsNaN(_aroundDegC)) (_aroundDegC, _aroundMeanDegC) = (ambientDegC, ambientDegC);
        if (_thermal.IsRunning) _thermal.MoveSurroundings(ambientDegC - _aroundDegC);
        _aroundMeanDegC += (ambientDegC - _aroundMeanDegC) * (1 - Math.Exp(-_aroundStepS / TrendS));
        (_aroundDegC, _aroundRateKPerS, _aroundStepS) = (ambientDegC, (ambientDegC - _aroundMeanDegC) / TrendS, 0);
    }

    /// <summary>Temperatures after a time, the load going on as it was.</summary>
    public (double CoreDegC, double CaseDegC, double CoreDegCDeviation, double CaseDegCDeviation) Ahead(double timeS)
    {
        double heatW = AssumedHeatW(0, timeS), spread = Math.Sqrt(Math.Max(0, _longSquareW2 - _longW * _longW));
        return _thermal.Ahead(heatW, Math.Max(0.3 * Math.Abs(heatW), spread * Math.Sqrt(Math.Min(1, 60 / timeS))), timeS, _aroundRateKPerS);
    }

    /// <summary>Mean heat over a time to come where the load is not known, W: it goes from its present to its usual size.</summary>
    /// <param name="fromS">From so long ahead, s.</param>
    /// <param name="toS">To so long ahead, s, later.</param>
    public double AssumedHeatW(double fromS, double toS) => _longW + (_shortW - _longW) * ShareOfPresentFraction(fromS, toS);

    /// <summary>How much of the present load is in the mean over a time to come, 0…1: it fades.</summary>
    /// <param name="fromS">From so long ahead, s.</param>
    /// <param name="toS">To so long ahead, s, later.</param>
    internal static double ShareOfPresentFraction(double fromS, double toS) => TurnS / (toS - fromS) * (Math.Exp(-fromS / TurnS) - Math.Exp(-toS / TurnS));

    /// <summary>Temperatures after a load that is known.</summary>
    /// <param name="currentA">Current of each coming step, A, positive while charging.</param>
    /// <param name="stepS">Length of a step, s.</param>
    public (double CoreDegC, double CaseDegC, double CoreDegCDeviation, double CaseDegCDeviation) Ahead(ReadOnlySpan<double> currentA, double stepS)
    {
        double core = _thermal.CoreDegC, shell = _thermal.CaseDegC, sum = 0;
        BeginWalk();
        for (int k = 0; k < currentA.Length; k++) sum += WalkStep(ref core, ref shell, currentA[k], stepS, k);
        double timeS = currentA.Length * stepS, mean = currentA.IsEmpty ? 0 : sum / currentA.Length;
        var (_, _, coreDeviation, caseDeviation) = _thermal.Ahead(mean, 0.1 * Math.Abs(mean), timeS);
        return (core, shell, coreDeviation, caseDeviation);
    }

    /// <summary>Case and heat at every step of a load that is known: what features of a learnt forecast are made of.</summary>
    /// <param name="currentA">Current of each coming step, A, positive while charging.</param>
    /// <param name="stepS">Length of a step, s.</param>
    /// <param name="caseDegC">Case after each step, °C, written.</param>
    /// <param name="heatW">Heat of each step as the circuit says, W, written.</param>
    public void Walk(ReadOnlySpan<double> currentA, double stepS, Span<double> caseDegC, Span<double> heatW)
    {
        double core = _thermal.CoreDegC, shell = _thermal.CaseDegC;
        BeginWalk();
        for (int k = 0; k < currentA.Length; k++)
        {
            heatW[k] = WalkStep(ref core, ref shell, currentA[k], stepS, k);
            caseDegC[k] = shell;
        }
    }

    /// <summary>Heat that the circuit makes of the last sample, W.</summary>
    public double HeatW => _soc.HeatW;

    /// <summary>State of charge, 0…1.</summary>
    public double Soc => _soc.Filter.Soc;

    void BeginWalk() => _soc.CopyCircuitTo(_state);

    double WalkStep(ref double core, ref double shell, double currentA, double stepS, int step)
    {
        double heatW = (1 + _soc.ResistanceExcessFraction) * (_circuit.HeatW(_state, currentA, core) - Reversible(currentA, core)) + Reversible(currentA, core);
        _circuit.Step(_state, currentA, core, stepS);
        (core, shell) = _thermal.Follow(core, shell, heatW, stepS, _aroundRateKPerS * (step + 0.5) * stepS);
        return heatW;
    }

    double Reversible(double currentA, double coreDegC) => _circuit.ReversibleHeatW(_state, currentA, coreDegC);
}
