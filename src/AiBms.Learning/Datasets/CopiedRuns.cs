using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Datasets;

/// <summary>Recordings that stand in a set under the names of several cells: whose they are cannot be told, so a split by cell can use none of them.</summary>
public static class CopiedRuns
{
    // Pulses hold their current for many rows: windows with a single step count, and it takes more of them than chance would give.
    const int LeastChanges = 1, LeastWindows = 20;

    /// <summary>Places of all recordings that share a stretch with one of another cell; see <see cref="RowHash"/> for what counts as shared.</summary>
    /// <param name="runs">Each recording with the name of its cell.</param>
    public static IReadOnlySet<int> Among(IReadOnlyList<(Recording Run, string Cell)> runs)
    {
        var shared = RowHash.FindShared(runs.Select(entry => entry.Run), LeastChanges).Where(pair => pair.Windows >= LeastWindows && runs[pair.First].Cell != runs[pair.Second].Cell);
        return new SortedSet<int>(shared.SelectMany(pair => (int[])[pair.First, pair.Second]));
    }
}
