using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;

namespace AiBms.Learning.Boards;

/// <summary>One line of the board: an estimator, and what it is told when the start is unknown.</summary>
/// <param name="Name">Short name, as <c>--method</c> takes it.</param>
/// <param name="Title">What it does, in a few words.</param>
/// <param name="Create">Makes a fresh one.</param>
/// <param name="UnknownStart">What it is told at a cut.</param>
/// <param name="IsBaseline">True for a trivial method that others must beat.</param>
public sealed record SocRung(string Name, string Title, Func<CellType, ISocEstimator> Create, SocStart UnknownStart, bool IsBaseline)
{
    /// <summary>Prior of the protocol where a method must be told something: half full, as uncertain as a uniform guess.</summary>
    static SocStart Prior => SocStart.Told(0.5, 0.29);

    /// <summary>Every rung, baselines first, then the catalogue in its own order.</summary>
    public static IReadOnlyList<SocRung> All { get; } =
    [
        .. SocEstimators.All.Select(entry => entry.Key == "count"
            ? new SocRung("count", "Coulomb counting from 50 %", entry.Value, Prior, IsBaseline: true)
            : new SocRung(entry.Key, entry.Key, entry.Value, SocStart.Unknown, IsBaseline: false)),
    ];
}
