namespace AiBms.Battery.Estimation.Networks;

/// <summary>What models of the temperature ahead may look at besides where a pack measures its coolant: what enters, how hard the pump runs, what flows, how high it stands.</summary>
/// <remarks>Only what was measured up to now. A mean weighs a sample t seconds ago by e^(−t/T) among those since the start.</remarks>
public sealed class CoolantFeatures
{
    const double MeanS = 300;

    /// <summary>Names of a recording's columns: coolant that enters / °C, duty of the pump 0…1, flow / L/min, level 0…1.</summary>
    public static IReadOnlyList<string> Signals { get; } = ["coolant_inlet_c", "pump_duty", "coolant_flow_l_min", "coolant_level"];

    static readonly string[][] s_names =
    [
        ["coolant that enters less case / K", "coolant that enters less its mean over 300 s / K"],
        ["duty of the pump", "duty of the pump less its mean over 300 s"],
        ["flow of the coolant / L/min", "flow of the coolant less its mean over 300 s / L/min"],
        ["level of the coolant", "level of the coolant less its mean over 300 s"],
    ];

    readonly int[] _signals;
    readonly double[] _now, _sums, _weights;

    /// <param name="signals">Those of <see cref="Signals"/> that are looked at.</param>
    public CoolantFeatures(IEnumerable<string> signals)
    {
        string[] told = [.. signals];
        _signals = [.. Enumerable.Range(0, Signals.Count).Where(k => told.Contains(Signals[k], StringComparer.Ordinal))];
        Names = [.. _signals.SelectMany(signal => s_names[signal])];
        Measured = [.. _signals.Select(signal => Signals[signal])];
        (_now, _sums, _weights) = (new double[_signals.Length], new double[_signals.Length], new double[_signals.Length]);
        _now.AsSpan().Fill(double.NaN);
    }

    /// <summary>Those that a model looks at, by the names of its inputs.</summary>
    public static CoolantFeatures Of(ModelFile model) => new(Signals.Where((_, k) => model.Inputs.Any(input => input.Name == s_names[k][0])));

    /// <summary>The signals that are looked at, in order.</summary>
    public IReadOnlyList<string> Measured { get; }

    /// <summary>Names of the features, in order: two for each signal.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Takes in a sample.</summary>
    /// <param name="stepS">Time since the last one, s.</param>
    /// <param name="values">One for each of <see cref="Measured"/>; NaN where it is not known.</param>
    public void Step(double stepS, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, _signals.Length);
        for (int k = 0; k < values.Length; k++)
        {
            _now[k] = values[k];
            if (!double.IsFinite(values[k])) continue;
            double keep = Math.Exp(-(_weights[k] == 0 ? 1 : stepS) / MeanS);
            _sums[k] = keep * _sums[k] + (1 - keep) * values[k];
            _weights[k] = keep * _weights[k] + (1 - keep);
        }
    }

    /// <summary>Writes the features.</summary>
    /// <param name="caseDegC">Case now, °C.</param>
    /// <param name="rowFeatures">As long as <see cref="Names"/>; NaN where a signal is not known.</param>
    public void Fill(double caseDegC, Span<double> rowFeatures)
    {
        for (int k = 0; k < _signals.Length; k++)
        {
            rowFeatures[2 * k] = _signals[k] == 0 ? _now[k] - caseDegC : _now[k];
            rowFeatures[2 * k + 1] = _now[k] - _sums[k] / _weights[k];
        }
    }
}
