using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Temperature;

/// <summary>One forecast: how far ahead, and whether the load to come is told.</summary>
/// <param name="HorizonS">How far ahead, s.</param>
/// <param name="IsLoadKnown">Whether the current until then is told.</param>
public readonly record struct TemperatureTask(int HorizonS, bool IsLoadKnown)
{
    /// <summary>Every task: each horizon, load known and unknown.</summary>
    public static IReadOnlyList<TemperatureTask> All { get; } = [.. from isKnown in (bool[])[true, false] from horizonS in TemperatureFeatures.HorizonS select new TemperatureTask(horizonS, isKnown)];

    /// <summary>In names of files and tables: 60s-known.</summary>
    public override string ToString() => $"{HorizonS}s-{(IsLoadKnown ? "known" : "unknown")}";
}
