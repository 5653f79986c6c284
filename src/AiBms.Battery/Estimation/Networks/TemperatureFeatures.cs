using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Packs;

namespace AiBms.Battery.Estimation.Networks;

/// <summary>What models of the temperature ahead may look at: the thermal filter's forecast, and what it was made from, a sample at a time.</summary>
/// <remarks>
/// Everything comes from samples up to now and, where the load to come is told, from that load; never from a temperature to come.
/// A running mean over T seconds weighs a sample t seconds ago by e^(−t/T) among those since the start.
/// </remarks>
public sealed class TemperatureFeatures
{
    /// <summary>How far ahead forecasts look, s.</summary>
    public static IReadOnlyList<int> HorizonS { get; } = [10, 60, 300, 600];

    const int Parts = 3;

    static readonly double[] s_caseMeansS = [20, 60, 180, 600], s_heatMeansS = [10, 60, 300, 1200], s_currentMeansS = [60, 600, 7200];

    static readonly string[] s_now =
    [
        "filter less case / K", "core less case / K", "surroundings less case / K", "heat factor", "case / °C", "state of charge", "root of time since start / √h",
        .. s_caseMeansS.Select(s => $"case less its mean over {s:0} s / K"), .. s_heatMeansS.Select(s => $"mean heat over {s:0} s / W"), .. s_currentMeansS.Select(s => $"mean current over {s:0} s / 1/h"),
    ];

    readonly CellType _cell;
    readonly CellTemperature _physics;
    readonly CoolantFeatures _coolant;
    readonly double[] _sums, _weights;
    readonly double[] _caseDegC = new double[HorizonS[^1]], _heatW = new double[HorizonS[^1]];
    double _timeS = double.NaN, _sinceS, _measuredDegC = double.NaN;

    /// <param name="cell">With circuit and thermal numbers; refused with an <see cref="ArgumentException"/> otherwise.</param>
    /// <param name="coolant">What is looked at of a coolant; null for nothing.</param>
    public TemperatureFeatures(CellType cell, CoolantFeatures? coolant = null)
    {
        (_cell, _physics, _coolant) = (cell, new(cell), coolant ?? new([]));
        int means = s_caseMeansS.Length + s_heatMeansS.Length + s_currentMeansS.Length;
        (_sums, _weights) = (new double[means], new double[means]);
    }

    /// <summary>Name of the forecast that physics alone makes, which a model adds its own part to.</summary>
    public const string Physics = "physics: change / K";

    /// <summary>Names of the features of a cell, in order; those of a coolant follow.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [Physics, .. s_now, .. Enumerable.Range(1, Parts).Select(k => $"mean heat in part {k} of {Parts} to come / W"), "mean current to come / 1/h", "physics: change at half time / K"];

    /// <summary>How many features a row has.</summary>
    public int Count => Names.Count + _coolant.Names.Count;

    /// <summary>Case temperature of the last sample that had one, °C.</summary>
    public double MeasuredDegC => _measuredDegC;

    /// <summary>Time since the first sample, s.</summary>
    public double SinceStartS => _sinceS;

    /// <summary>Takes in a sample; one without a temperature keeps the last.</summary>
    /// <param name="sample">What the cell measured.</param>
    /// <param name="ambientDegC">Measured temperature of the surroundings, °C; NaN where nothing measures it.</param>
    /// <param name="coolantValues">The coolant's signals, as they are looked at.</param>
    public void Step(in CellSample sample, double ambientDegC = double.NaN, ReadOnlySpan<double> coolantValues = default)
    {
        _physics.Step(sample);
        _physics.StepSurroundings(ambientDegC);
        double stepS = double.IsNaN(_timeS) || !double.IsFinite(sample.TimeS) ? 0 : Math.Max(0, sample.TimeS - _timeS);
        if (double.IsFinite(sample.TimeS)) _timeS = sample.TimeS;
        _sinceS += stepS;
        _coolant.Step(stepS, coolantValues);
        if (double.IsFinite(sample.TemperatureDegC)) _measuredDegC = sample.TemperatureDegC;
        if (!double.IsFinite(_measuredDegC)) return;
        double heatW = _physics.HeatW, cRate = sample.CurrentA / _cell.CapacityAh;
        int k = 0;
        foreach (double s in s_caseMeansS) Mean(k++, _measuredDegC, stepS, s);
        foreach (double s in s_heatMeansS) Mean(k++, heatW, stepS, s);
        foreach (double s in s_currentMeansS) Mean(k++, cRate, stepS, s);
    }

    /// <summary>Features with a load that nobody knows: it is taken to turn from what it was lately into what it was in the long run.</summary>
    /// <remarks>
    /// The same features as for a load that is told, made of the load that is assumed, so that a model that was learnt with told loads answers here too. A model
    /// learnt from what followed would learn the habits of the drives it was trained on: on other drives it was worse than persistence.
    /// </remarks>
    /// <param name="horizonS">How far ahead, s.</param>
    /// <param name="rowFeatures"><see cref="Count"/> long; written.</param>
    public void Fill(double horizonS, Span<double> rowFeatures)
    {
        bool isRunning = _physics.Now.IsRunning;
        rowFeatures[0] = isRunning ? _physics.Ahead(horizonS).CaseDegC - _measuredDegC : double.NaN;
        FillNow(rowFeatures[1..]);
        var tail = rowFeatures[(1 + s_now.Length)..];
        for (int part = 0; part < Parts; part++) tail[part] = _physics.AssumedHeatW(horizonS * part / Parts, horizonS * (part + 1) / Parts);
        int shortMean = s_caseMeansS.Length + s_heatMeansS.Length, longMean = _sums.Length - 1;
        double longCRate = _sums[longMean] / _weights[longMean], shortCRate = _sums[shortMean] / _weights[shortMean];
        tail[Parts] = longCRate + (shortCRate - longCRate) * CellTemperature.ShareOfPresentFraction(0, horizonS);
        tail[Parts + 1] = isRunning ? _physics.Ahead(horizonS / 2).CaseDegC - _measuredDegC : double.NaN;
        _coolant.Fill(_measuredDegC, rowFeatures[Names.Count..]);
    }

    /// <summary>Features of every horizon with a load that is told.</summary>
    /// <param name="currentA">Current of each coming step, A, positive while charging; at most as many steps as the longest horizon has seconds.</param>
    /// <param name="stepS">Length of a step, s, 1 or more.</param>
    /// <param name="horizonFeatures">One row for each of <see cref="HorizonS"/>, each <see cref="Count"/> long; written. NaN where the load does not reach so far.</param>
    public void Fill(ReadOnlySpan<double> currentA, double stepS, IReadOnlyList<double[]> horizonFeatures)
    {
        _physics.Walk(currentA, stepS, _caseDegC, _heatW);
        for (int h = 0; h < HorizonS.Count; h++)
        {
            var row = horizonFeatures[h].AsSpan();
            int steps = (int)Math.Round(HorizonS[h] / stepS);
            FillNow(row[1..]);
            var tail = row[(1 + s_now.Length)..];
            if (steps < 1 || steps > currentA.Length)
            {
                row.Fill(double.NaN);
                continue;
            }

            row[0] = _caseDegC[steps - 1] - _measuredDegC;
            for (int part = 0; part < Parts; part++)
            {
                int from = steps * part / Parts, to = Math.Max(from + 1, steps * (part + 1) / Parts);
                tail[part] = MeanOf(_heatW.AsSpan(from, to - from));
            }

            tail[Parts] = MeanOf(currentA[..steps]) / _cell.CapacityAh;
            tail[Parts + 1] = _caseDegC[Math.Max(0, steps / 2 - 1)] - _measuredDegC;
            _coolant.Fill(_measuredDegC, row[Names.Count..]);
        }
    }

    void FillNow(Span<double> row)
    {
        var now = _physics.Now;
        row[0] = now.CaseDegC - _measuredDegC;
        row[1] = now.CoreDegC - now.CaseDegC;
        row[2] = now.SurroundingsDegC - now.CaseDegC;
        row[3] = now.HeatFactor;
        row[4] = _measuredDegC;
        row[5] = _physics.Soc;
        row[6] = Math.Sqrt(Math.Min(1, _sinceS / Units.SecondsPerHour));
        for (int k = 0; k < _sums.Length; k++)
        {
            double mean = _weights[k] > 0 ? _sums[k] / _weights[k] : double.NaN;
            row[7 + k] = k < s_caseMeansS.Length ? _measuredDegC - mean : mean;
        }
    }

    void Mean(int k, double value, double stepS, double overS)
    {
        if (!double.IsFinite(value)) return;
        double keep = Math.Exp(-(_weights[k] == 0 ? 1 : stepS) / overS);
        _sums[k] = keep * _sums[k] + (1 - keep) * value;
        _weights[k] = keep * _weights[k] + (1 - keep);
    }

    static double MeanOf(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }
}
