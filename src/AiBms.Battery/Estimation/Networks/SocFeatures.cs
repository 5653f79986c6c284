using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Networks;

/// <summary>What SOC models may look at, computed a sample at a time from what came before, and from the filter where a model asks for it.</summary>
/// <remarks>
/// Currents are fractions of the 1C current, positive while charging. A running mean over T seconds weighs a sample t seconds ago by
/// e^(−t/T) among those since the start. What is missing keeps its last value; a temperature never seen is taken as 25 °C.
/// </remarks>
public sealed class SocFeatures
{
    /// <summary>Time that counts as long since the start, s.</summary>
    const double LongS = 600;

    static readonly double[] s_currentMeansS = [10, 60, 300, 1200], s_voltageMeansS = [60, 300];

    static readonly (string Name, string Unit)[] s_all =
    [
        ("voltage", "V"), ("current", "1/h"), ("temperature", "°C"),
        .. s_currentMeansS.Select(s => ($"mean-current-{s:0}s", "1/h")), .. s_voltageMeansS.Select(s => ($"mean-voltage-{s:0}s", "V")), ("since-start", "1"),
        ("filter-soc", "1"), ("filter-deviation", "1"), ("filter-residual", "V"), ("filter-slow-error", "V"), ("filter-resistance-excess", "1"), ("filter-offset", "1/h"),
        ("filter-ocv-slope", "V"),
    ];

    static readonly int s_filterFrom = Array.FindIndex(s_all, feature => feature.Name.StartsWith("filter-", StringComparison.Ordinal));

    readonly CellType _cell;
    readonly EkfEstimator<double>? _filter;
    readonly double[] _sums, _weights, _keeps, _values;
    readonly int[] _chosen;
    double _timeS, _keptStepS, _sinceS, _voltageV, _currentCRate, _temperatureDegC;
    bool _running;

    /// <param name="cell">The cell; with a circuit where a feature of the filter is asked for.</param>
    /// <param name="names">Features in the order wanted; refused with an <see cref="ArgumentException"/> where one is unknown.</param>
    /// <param name="filter">A filter that runs anyway and is stepped by the caller before each <see cref="Step"/>; null to run an own one where needed.</param>
    public SocFeatures(CellType cell, IReadOnlyList<string> names, EkfEstimator<double>? filter = null)
    {
        _cell = cell;
        _chosen = [.. names.Select(name => Array.FindIndex(s_all, feature => feature.Name == name) is var k && k >= 0 ? k : throw new ArgumentException($"'{name}' is no feature; known are {string.Join(", ", Names)}.", nameof(names)))];
        _values = new double[_chosen.Length];
        int means = s_currentMeansS.Length + s_voltageMeansS.Length;
        (_sums, _weights, _keeps) = (new double[means], new double[means], new double[means]);
        _filter = filter;
        if (_filter is null && _chosen.Any(k => k >= s_filterFrom)) throw new ArgumentException("Features of the filter need the filter.", nameof(filter));
        Start();
    }

    /// <summary>Every feature's name, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(feature => feature.Name)];

    /// <summary>Those that need no filter.</summary>
    public static IReadOnlyList<string> Measured { get; } = [.. Names.Take(s_filterFrom)];

    /// <summary>Unit of a feature.</summary>
    public static string UnitOf(string name) => s_all.First(feature => feature.Name == name).Unit;

    /// <summary>Values of the chosen features after the last step, each in its unit.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Temperature held, °C.</summary>
    public double TemperatureDegC => _temperatureDegC;

    /// <summary>Time since the start, s.</summary>
    public double SinceStartS => _sinceS;

    /// <summary>Length of the last step, s; 0 where time did not advance.</summary>
    public double StepS { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Start()
    {
        (_timeS, _keptStepS, _sinceS, _running, StepS) = (double.NaN, double.NaN, 0, false, 0);
        (_voltageV, _currentCRate, _temperatureDegC) = (double.NaN, 0, 25);
        Array.Clear(_sums);
        Array.Clear(_weights);
    }

    /// <summary>Takes in a sample.</summary>
    /// <returns>False while no voltage has been seen: the values have no meaning yet.</returns>
    public bool Step(in CellSample sample)
    {
        if (sample.VoltageV is > 0 and < 10) _voltageV = sample.VoltageV;
        if (Math.Abs(sample.CurrentA) < 1000 * _cell.CapacityAh) _currentCRate = sample.CurrentA / _cell.CapacityAh;
        if (sample.TemperatureDegC is > -60 and < 150) _temperatureDegC = sample.TemperatureDegC;
        if (!double.IsFinite(_voltageV)) return false;
        double stepS = _running && double.IsFinite(sample.TimeS) ? Math.Max(0, sample.TimeS - _timeS) : 0;
        if (double.IsFinite(sample.TimeS)) _timeS = sample.TimeS;
        (StepS, _sinceS) = (stepS, _sinceS + stepS);
        TakeMeans(_running ? stepS : 1);
        _running = double.IsFinite(_timeS);
        for (int k = 0; k < _chosen.Length; k++) _values[k] = Value(_chosen[k]);
        return true;
    }

    void TakeMeans(double stepS)
    {
        int currents = s_currentMeansS.Length;
        if (stepS != _keptStepS)
        {
            _keptStepS = stepS;
            for (int k = 0; k < _keeps.Length; k++) _keeps[k] = Math.Exp(-stepS / (k < currents ? s_currentMeansS[k] : s_voltageMeansS[k - currents]));
        }

        for (int k = 0; k < _sums.Length; k++)
        {
            double value = k < currents ? _currentCRate : _voltageV, keep = _keeps[k];
            _sums[k] = keep * _sums[k] + (1 - keep) * value;
            _weights[k] = keep * _weights[k] + (1 - keep);
        }
    }

    double Value(int feature)
    {
        const int FirstMean = 3;
        if (feature == 0) return _voltageV;
        if (feature == 1) return _currentCRate;
        if (feature == 2) return _temperatureDegC;
        if (feature < FirstMean + _sums.Length) return _weights[feature - FirstMean] > 0 ? _sums[feature - FirstMean] / _weights[feature - FirstMean] : 0;
        if (feature < s_filterFrom) return Math.Min(1, _sinceS / LongS);
        var filter = _filter!.Filter;
        return (feature - s_filterFrom) switch
        {
            0 => filter.Soc,
            1 => filter.SocDeviation,
            2 => filter.ResidualV,
            3 => filter.SlowErrorV,
            4 => filter.ResistanceExcessFraction,
            5 => filter.OffsetA / _cell.CapacityAh,
            _ => filter.OcvSlopeV,
        };
    }
}
