using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Boards;

/// <summary>One line of the board: an estimator, and what it is told when the start is unknown.</summary>
/// <param name="Name">Short name, as <c>--method</c> takes it.</param>
/// <param name="Title">What it does, in a few words.</param>
/// <param name="Create">Makes a fresh one.</param>
/// <param name="UnknownStart">What it is told at a cut.</param>
/// <param name="IsBaseline">True for a trivial method that others must beat.</param>
public sealed record SocRung(string Name, string Title, Func<CellType, ISocEstimator> Create, SocStart UnknownStart, bool IsBaseline)
{
    /// <summary>False for a rung that only repeats another in single precision: it runs when it is named.</summary>
    public bool RunsUnnamed => !(Name.EndsWith("32", StringComparison.Ordinal) && SocEstimators.All.ContainsKey(Name[..^2]));

    /// <summary>Prior of the protocol where a method must be told something: half full, as uncertain as a uniform guess.</summary>
    static SocStart Prior => SocStart.Told(0.5, 0.29);

    static readonly Dictionary<string, string> s_baselines = new(StringComparer.Ordinal)
    {
        ["count"] = "Coulomb counting from 50 %",
        ["ocv"] = "OCV look-up of every voltage",
        ["ocv-count"] = "OCV of the first voltage, then counting",
    };

    /// <summary>True for a rung whose model file must have been trained on the cell.</summary>
    public bool IsLearned { get; init; }

    /// <summary>What the rung depends on beside the program and the cell, as text: its model file.</summary>
    public Func<CellType, string> Made { get; init; } = _ => "";

    /// <summary>The rungs of the catalogue, then the learned ones whose models lie in a folder.</summary>
    public static IReadOnlyList<SocRung> With(ModelCatalogue models) => [.. All, .. Learned(models)];

    /// <summary>The learned rungs, with the models of a folder.</summary>
    public static IReadOnlyList<SocRung> Learned(ModelCatalogue models) =>
    [
        .. SocNetworks.Methods.Select(method => new SocRung(method, $"learned: {method}", cell => SocNetworks.Create(method, cell, models), SocStart.Unknown, IsBaseline: method == "mean")
        {
            IsLearned = true,
            Made = cell => ModelText.Format(models.Find("soc", method, cell.Id)),
        }),
    ];

    /// <summary>Every rung of the catalogue, in its order. Counting cannot start from nothing, so it is told the prior.</summary>
    public static IReadOnlyList<SocRung> All { get; } =
    [
        .. SocEstimators.All.Select(entry => new SocRung(
            entry.Key, s_baselines.GetValueOrDefault(entry.Key, entry.Key), entry.Value, entry.Key == "count" ? Prior : SocStart.Unknown, s_baselines.ContainsKey(entry.Key))),
        new("hold", "persistence: the OCV of the first voltage, held", cell => new HeldFirst(cell), SocStart.Unknown, IsBaseline: true),
    ];
}
