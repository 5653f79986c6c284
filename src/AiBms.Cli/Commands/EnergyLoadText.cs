using System.Globalization;
using AiBms.Battery.Estimation.Packs;
using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary>Reads the load that energy is stated for: <c>recent</c>, a power (<c>12kW</c>, <c>800W</c>) or a current (<c>60A</c>) out of the pack.</summary>
static class EnergyLoadText
{
    /// <summary>The option's name.</summary>
    public const string Name = "--energy-load";

    /// <summary>What it does.</summary>
    public const string Description = "Load that the energy left is stated for: recent (as the pack was used), a power such as 12kW, or a current such as 60A, out of the pack.";

    /// <summary>Reads it.</summary>
    /// <exception cref="UsageException">It is none; the sentence says what to write.</exception>
    public static EnergyLoad Parse(string text)
    {
        if (text == "recent") return EnergyLoad.Recent;
        foreach ((string unit, double factor, Func<double, EnergyLoad> of) in (ReadOnlySpan<(string, double, Func<double, EnergyLoad>)>)[("kW", 1000, EnergyLoad.OfPower), ("W", 1, EnergyLoad.OfPower), ("A", 1, EnergyLoad.OfCurrent)])
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal)) continue;
            if (double.TryParse(text[..^unit.Length].TrimEnd(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value)) return of(value * factor);
            break;
        }

        throw new UsageException($"{Name} takes recent, a power such as 12kW or 800W, or a current such as 60A, not '{text}'.");
    }
}
