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

    /// <summary>The model file that a learned rung runs on a cell; null for one that learns nothing.</summary>
    public Func<CellType, ModelFile?> Model { get; init; } = _ => null;

    /// <summary>What the rung depends on beside the program and the cell, as text: its model file.</summary>
    public string Made(CellType cell) => Model(cell) is { } file ? ModelText.Format(file) : "";

    /// <summary>The rungs that are held to the aims: the shipped model, one for both cells, the filter.</summary>
    public static IReadOnlyList<string> Held { get; } = [SocNetworks.Best, SocNetworks.Best + "-both", SocEstimators.Default];

    /// <summary>Whether a rung is one of them.</summary>
    public static bool IsHeld(string name) => Held.Contains(name, StringComparer.Ordinal);

    /// <summary>Whether a rung of this name runs a model file.</summary>
    public static bool IsModel(string name) => name == Both || SocNetworks.Methods.Contains(name, StringComparer.Ordinal);

    /// <summary>Name of the rung that is one model for both cells.</summary>
    public const string Both = SocNetworks.Best + "-both";

    /// <summary>The rungs of the catalogue, then the learned ones whose models lie in a folder.</summary>
    public static IReadOnlyList<SocRung> With(ModelCatalogue models) => [.. All, .. Learned(models), .. ForBoth(models)];

    /// <summary>The learned rungs, with the models of a folder.</summary>
    public static IReadOnlyList<SocRung> Learned(ModelCatalogue models) =>
    [
        .. SocNetworks.Methods.Select(method => Learned(method, $"learned: {method}", cell => models.Find("soc", method, cell.Id), isBaseline: method == "mean")),
    ];

    /// <summary>The shipped method with one set of weights for both cells, where there is such a model.</summary>
    public static IReadOnlyList<SocRung> ForBoth(ModelCatalogue models) =>
        [Learned(Both, $"learned: {SocNetworks.Best}, one model for both cells", cell => models.Files.Select(Path.GetFileNameWithoutExtension).Contains($"soc_{SocNetworks.Best}_both", StringComparer.Ordinal)
            && models.Get($"soc_{SocNetworks.Best}_both", "./aibms train --model soc --rungs --table both") is { } file && file.Cells.Contains(cell.Id, StringComparer.Ordinal) ? file : throw new ModelException($"No model for both cells knows {cell.Id}."))];

    static SocRung Learned(string name, string title, Func<CellType, ModelFile> model, bool isBaseline = false) =>
        new(name, title, cell => new SocNetworkEstimator(cell, model(cell)), SocStart.Unknown, isBaseline) { IsLearned = true, Model = model };

    /// <summary>Every rung of the catalogue, in its order. Counting cannot start from nothing, so it is told the prior.</summary>
    public static IReadOnlyList<SocRung> All { get; } =
    [
        .. SocEstimators.All.Select(entry => new SocRung(
            entry.Key, s_baselines.GetValueOrDefault(entry.Key, entry.Key), entry.Value, entry.Key == "count" ? Prior : SocStart.Unknown, s_baselines.ContainsKey(entry.Key))),
        new("hold", "persistence: the OCV of the first voltage, held", cell => new HeldFirst(cell), SocStart.Unknown, IsBaseline: true),
    ];
}
