using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Temperature of one measured cell, inside and outside, now and later: its circuit gives the heat, a <see cref="ThermalFilter"/> the rest.</summary>
public sealed class CellTemperature
{
    /// <summary>
    /// Load that is not known goes on as it was over the shorter time, and turns into its mean over the longer one, s. Picked on the
    /// training recordings of LG HG2 and Panasonic.
    /// </summary>
    const double ShortS = 30, LongS = 7200, TurnS = 60;

    readonly EkfEstimator<double> _soc;
    readonly TheveninModel _circuit;
    readonly ThermalFilter _thermal;
    readonly ThermalFilterOptions _options;
    readonly double[] _state;
    double _lastS = double.NaN, _shortW, _longW, _longSquareW2, _seenS;

    /// <param name="cell">With circuit and thermal numbers; refused with an <see cref="ArgumentException"/> otherwise.</param>
    /// <param name="options">Beliefs; null for the defaults.</param>
    public CellTemperature(CellType cell, ThermalFilterOptions? options = null)
    {
        var parameters = cell.Thermal ?? throw new ArgumentException($"Cell {cell.Id} has no thermal numbers: identify them first.", nameof(cell));
        _options = options ?? new();
        (_soc, _circuit, _thermal) = (new(cell), new(cell), new(parameters, _options));
        _state = new double[_circuit.StateCount];
        _soc.Start(SocStart.Unknown);
    }

    /// <summary>The filter on the temperatures.</summary>
    public ThermalFilter Now => _thermal;

    /// <summary>Takes in a sample; a temperature that is not a number is passed over.</summary>
    public void Step(in CellSample sample)
    {
        _soc.Step(sample);
        double stepS = double.IsNaN(_lastS) ? 0 : Math.Clamp(sample.TimeS - _lastS, 0, Units.SecondsPerHour);
        _lastS = sample.TimeS;
        if (!_thermal.IsRunning)
        {
            if (double.IsFinite(sample.TemperatureDegC)) _thermal.Begin(sample.TemperatureDegC);
            return;
        }

        double heatW = _soc.HeatW;
        if (stepS > 0)
        {
            _thermal.Predict(heatW, stepS);
            _seenS += stepS;
            double brief = Math.Max(1 - Math.Exp(-stepS / ShortS), Math.Min(1, stepS / _seenS)), slow = Math.Max(1 - Math.Exp(-stepS / LongS), Math.Min(1, stepS / _seenS));
            _shortW += (heatW - _shortW) * brief;
            _longW += (heatW - _longW) * slow;
            _longSquareW2 += (heatW * heatW - _longSquareW2) * slow;
        }

        if (double.IsFinite(sample.TemperatureDegC)) _thermal.Correct(sample.TemperatureDegC, _options.ProbeDeviationK);
    }

    /// <summary>Temperatures after a time, the load going on as it was.</summary>
    public (double CoreDegC, double CaseDegC, double CoreDegCDeviation, double CaseDegCDeviation) Ahead(double timeS)
    {
        // Mean over the way there of a heat that goes from its present to its usual size.
        double share = TurnS / timeS * (1 - Math.Exp(-timeS / TurnS));
        double heatW = _longW + (_shortW - _longW) * share, spread = Math.Sqrt(Math.Max(0, _longSquareW2 - _longW * _longW));
        return _thermal.Ahead(heatW, Math.Max(0.3 * Math.Abs(heatW), spread * Math.Sqrt(Math.Min(1, 60 / timeS))), timeS);
    }

    /// <summary>Temperatures after a load that is known.</summary>
    /// <param name="currentA">Current of each coming step, A, positive while charging.</param>
    /// <param name="stepS">Length of a step, s.</param>
    public (double CoreDegC, double CaseDegC, double CoreDegCDeviation, double CaseDegCDeviation) Ahead(ReadOnlySpan<double> currentA, double stepS)
    {
        _soc.CopyCircuitTo(_state);
        double core = _thermal.CoreDegC, shell = _thermal.CaseDegC, scale = 1 + _soc.ResistanceExcessFraction, sum = 0;
        foreach (double a in currentA)
        {
            double heatW = scale * (_circuit.HeatW(_state, a, core) - Reversible(a, core)) + Reversible(a, core);
            sum += heatW;
            _circuit.Step(_state, a, core, stepS);
            (core, shell) = _thermal.Follow(core, shell, heatW, stepS);
        }

        double timeS = currentA.Length * stepS, mean = currentA.IsEmpty ? 0 : sum / currentA.Length;
        var (_, _, coreDeviation, caseDeviation) = _thermal.Ahead(mean, 0.1 * Math.Abs(mean), timeS);
        return (core, shell, coreDeviation, caseDeviation);
    }

    double Reversible(double currentA, double coreDegC) => _circuit.ReversibleHeatW(_state, currentA, coreDegC);
}
