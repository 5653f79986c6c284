using AiBms.Telemetry.Frames;

namespace AiBms.Server.Fleet;

/// <summary>What is known of the life of a pack's parts. What no sensor and no counter tells says so.</summary>
/// <param name="Name">The part.</param>
/// <param name="Text">What is known of it.</param>
sealed record ComponentLife(string Name, string Text)
{
    /// <summary>Capacity at which a cell's life is taken to end, as warranties have it.</summary>
    const double EndSoh = 0.8;

    public static IEnumerable<ComponentLife> Of(FleetPack pack)
    {
        var e = pack.Estimates ?? new PackEstimates();
        double worst = e.CellSoh.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        double used = (1 - worst) / (1 - EndSoh);
        yield return new("cells", double.IsFinite(worst) ? $"{Words.Percent(Math.Clamp(used, 0, 1), "0")} of the way from new to 80 % SOH" : "unknown until the SOH is known");
        yield return new("pump", Used(pack, 0, "h at full duty"));
        yield return new("chiller", Used(pack, 1, "h at full power"));
        yield return new("heater", Used(pack, 2, "h at full power"));
        double level = pack.Frame?.LevelFraction ?? double.NaN;
        yield return new("coolant", double.IsFinite(level) ? $"level {Words.Percent(level, "0")}; its age is not told by any sensor" : "no sensor tells");
        yield return new("contactors", Used(pack, 3, "cycles"));
    }

    /// <summary>What was counted, and its share of what the part is made for.</summary>
    static string Used(FleetPack pack, int part, string unit)
    {
        const int First = 20, Closings = 3;
        double counted = PackFigures.At(pack.Estimates?.LifetimeValues ?? [], First + part), madeFor = PackFigures.At(pack.Card?.LifeValues ?? [], part);
        if (!double.IsFinite(counted)) return "not counted by this agent";
        string text = part == Closings ? $"closed {Words.Number(counted, "0", "")} ×" : $"{Words.Number(counted, "0.00", "")} {unit}";
        return double.IsFinite(madeFor) ? $"{text}, {Words.Percent(counted / madeFor, "0.00")} of the {madeFor.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} it is made for" : $"{text}; what it is made for is not stated";
    }
}
