namespace AiBms.Learning.Boards;

/// <summary>A figure that the board is held to.</summary>
/// <param name="Set">Data set.</param>
/// <param name="Group">Ambient group, or null for the set as a whole.</param>
/// <param name="Figure">What is measured.</param>
/// <param name="LowSoc">The figure is at least this, 0…1.</param>
/// <param name="HighSoc">The figure is at most this, 0…1.</param>
public sealed record Aim(string Set, string? Group, string Figure, double LowSoc, double HighSoc)
{
    /// <summary>RMSE from five minutes on, unknown start in the middle of driving.</summary>
    public const string Rmse = "RMSE";

    /// <summary>Coverage of the 90 % interval.</summary>
    public const string Coverage = "coverage";

    /// <summary>Mean of the RMSEs under the six sensor faults.</summary>
    public const string FaultMean = "six faults, mean RMSE";

    /// <summary>Worst of the RMSEs under the six sensor faults.</summary>
    public const string FaultWorst = "six faults, worst RMSE";

    /// <summary>Every aim, fixed before anything was scored.</summary>
    public static IReadOnlyList<Aim> All { get; } =
    [
        .. from set in (string[])["lg_hg2", "panasonic"] from aim in DriveAims(set) select aim,
        new("k2_lfp", "30", Coverage, 0.85, 0.95),
    ];

    /// <summary>The RMSE aim of a group, 0…1; null where there is none.</summary>
    public static double? RmseOf(string set, string group) =>
        All.FirstOrDefault(aim => aim.Set == set && aim.Group == group && aim.Figure == Rmse)?.HighSoc;

    static IEnumerable<Aim> DriveAims(string set)
    {
        foreach (var (ambient, rmse) in ((string, double)[])[("-20", 0.05), ("-10", 0.035), ("0", 0.018), ("10", 0.018), ("25", 0.008), ("40", 0.008)])
        {
            yield return new(set, ambient, Rmse, 0, rmse);
            yield return new(set, ambient, Coverage, 0.85, 0.95);
        }

        yield return new(set, "25", FaultMean, 0, 0.015);
        yield return new(set, "25", FaultWorst, 0, 0.025);
    }
}
