using System.Globalization;

namespace AiBms.Learning.Evaluation;

/// <summary>What is done to the sensors from a cut on. The label is never touched.</summary>
public sealed record Perturbation
{
    /// <summary>Short name, as <c>--perturb</c> takes it.</summary>
    public required string Name { get; init; }

    /// <summary>Added to the current, A.</summary>
    public double CurrentOffsetA { get; init; }

    /// <summary>Relative gain error of the current, a fraction: 0.02 reads 2 % more.</summary>
    public double GainFraction { get; init; }

    /// <summary>Added to the voltage, V.</summary>
    public double VoltageOffsetV { get; init; }

    /// <summary>Added to the temperature, °C.</summary>
    public double TemperatureOffsetDegC { get; init; }

    /// <summary>Standard deviation of white noise on the current, A.</summary>
    public double CurrentNoiseA { get; init; }

    /// <summary>Standard deviation of white noise on the voltage, V.</summary>
    public double VoltageNoiseV { get; init; }

    /// <summary>Share of samples of which no value arrives, 0…1; besides, half a minute out of every ten is lost.</summary>
    public double DropoutFraction { get; init; }

    /// <summary>The current sensor repeats one value from ten to fifteen minutes after the cut.</summary>
    public bool CurrentSticks { get; init; }

    /// <summary>The voltage sensor repeats one value from ten to fifteen minutes after the cut.</summary>
    public bool VoltageSticks { get; init; }

    /// <summary>Nothing is done.</summary>
    public static Perturbation None { get; } = new() { Name = "none" };

    /// <summary>The six sensor faults of the protocol: current offset ±0.10 A, gain ±2 %, voltage ±10 mV.</summary>
    public static IReadOnlyList<Perturbation> SixFaults { get; } =
        [.. ((string[])["I-0.10", "I+0.10", "gain-0.02", "gain+0.02", "volt-0.01", "volt+0.01"]).Select(Parse)];

    /// <summary>Rows of their own: offset ±0.3 A, temperature ±3 °C, noise, dropouts, stuck sensors.</summary>
    public static IReadOnlyList<Perturbation> Others { get; } =
        [.. ((string[])["I-0.30", "I+0.30", "temp-3", "temp+3", "noise", "dropout", "stuck-current", "stuck-voltage"]).Select(Parse)];

    /// <summary>Reads a name: none, I±A, gain±fraction, volt±V, temp±°C, noise, dropout, stuck-current, stuck-voltage.</summary>
    /// <exception cref="FormatException">The name means nothing.</exception>
    public static Perturbation Parse(string name) => name switch
    {
        "none" => None,
        "noise" => new() { Name = name, CurrentNoiseA = 0.05, VoltageNoiseV = 0.005 },
        "dropout" => new() { Name = name, DropoutFraction = 0.02 },
        "stuck-current" => new() { Name = name, CurrentSticks = true },
        "stuck-voltage" => new() { Name = name, VoltageSticks = true },
        _ when Number(name, "gain") is { } fraction => new() { Name = name, GainFraction = fraction },
        _ when Number(name, "volt") is { } voltageV => new() { Name = name, VoltageOffsetV = voltageV },
        _ when Number(name, "temp") is { } temperatureDegC => new() { Name = name, TemperatureOffsetDegC = temperatureDegC },
        _ when Number(name, "I") is { } currentA => new() { Name = name, CurrentOffsetA = currentA },
        _ => throw new FormatException($"'{name}' is no perturbation; known are none, I+0.10, gain+0.02, volt+0.01, temp+3 (any number), noise, dropout, stuck-current and stuck-voltage."),
    };

    static double? Number(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && double.TryParse(name.AsSpan(prefix.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
}
