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
        yield return new("pump", Hours(e, 20, "at full duty's worth of"));
        yield return new("chiller", Hours(e, 21, "at full power's worth of"));
        yield return new("heater", Hours(e, 22, "at full power's worth of"));
        double level = pack.Frame?.LevelFraction ?? double.NaN;
        yield return new("coolant", double.IsFinite(level) ? $"level {Words.Percent(level, "0")}; its age is not told by any sensor" : "no sensor tells");
        yield return new("contactors", double.IsFinite(PackFigures.At(e.LifetimeValues, 23)) ? $"closed {PackFigures.At(e.LifetimeValues, 23):0} ×" : Words.Unknown);
    }

    static string Hours(PackEstimates e, int k, string what) => double.IsFinite(PackFigures.At(e.LifetimeValues, k)) ? $"{what} {Words.Number(PackFigures.At(e.LifetimeValues, k), "0.00", "h")}" : "not counted by this agent";
}
