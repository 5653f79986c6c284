namespace AiBms.Learning.Boards.Packs;

/// <summary>The pack board: everything that is estimated of a pack, held against measurements and against a truth of another kind.</summary>
public static class PackBoard
{
    static readonly (string Id, Func<PackBoardOptions, BoardPart> Run, bool NeedsData)[] s_parts =
    [
        ("energy", EnergyPart.Run, true),
        ("profile", ProfilePart.Run, false),
        ("temperature", TemperaturePart.Run, true),
        ("core", CorePart.Run, false),
        ("pump", PumpPart.Run, false),
        ("power", PowerPart.Run, false),
        ("pulses", PulsePart.Run, true),
        ("limiting", LimitingPart.Run, false),
        ("leaks", LeakPart.Run, false),
        ("faults", FaultPart.Run, false),
        ("quiet", QuietPart.Run, false),
    ];

    /// <summary>Names of the parts.</summary>
    public static IReadOnlyList<string> Parts { get; } = [.. s_parts.Select(part => part.Id)];

    /// <summary>True where a part (null: all) is scored on measured data.</summary>
    public static bool NeedsData(string? part) => s_parts.Any(known => known.NeedsData && (part is null || part == known.Id));

    /// <summary>Runs the parts that were asked for; those that need measured data are left out where there are none.</summary>
    public static IReadOnlyList<BoardPart> Run(PackBoardOptions options, IProgress<string> progress)
    {
        List<BoardPart> done = [];
        foreach (var (id, run, needsData) in s_parts)
        {
            if ((options.Only is { } only && only != id) || (needsData && options.Data is null)) continue;
            progress.Report(id);
            done.Add(run(options));
        }

        return done;
    }
}
