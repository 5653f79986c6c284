using System.Globalization;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;

namespace AiBms.Learning.Training;

/// <summary>One training among those that the SOC board reads.</summary>
/// <param name="Table">Which part of the board it is for: a set, both, unseen, seeds.</param>
/// <param name="Method">Rung.</param>
/// <param name="Set">What it is trained on.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Folder">Where it goes, below the folder of models.</param>
public sealed record SocRungTraining(string Table, string Method, string Set, int Seed = 1, string Folder = "")
{
    /// <summary>Seeds of the shipped model beside the first.</summary>
    static readonly int[] s_seeds = [2, 3, 4, 5];

    /// <summary>Ambients of the LG set, °C: each is kept out once.</summary>
    static readonly double[] s_ambientsDegC = [-20, -10, 0, 10, 25, 40];

    /// <summary>Ambient kept out, °C; null for none.</summary>
    public double? WithoutAmbientDegC { get; init; }

    /// <summary>Cell that was identified without that ambient, as a path below the home folder; null where none is kept out.</summary>
    public string? CellPath => WithoutAmbientDegC is { } ambientDegC ? string.Create(CultureInfo.InvariantCulture, $"cells/unseen/{Set}_without_{ambientDegC}.json") : null;

    /// <summary>Settings of one method, its defaults but for early stopping: what the board reads is trained to the end of its steps, where the rate has come down.</summary>
    /// <param name="defaults">The method's own.</param>
    public static IReadOnlyDictionary<string, string> OptionsOf(IReadOnlyDictionary<string, string> defaults) =>
        defaults.ToDictionary(pair => pair.Key, pair => pair.Key == "patience" ? "50" : pair.Value, StringComparer.Ordinal);

    /// <summary>Every training, in an order in which what another shares comes first.</summary>
    public static IReadOnlyList<SocRungTraining> All { get; } =
    [
        .. from set in (string[])[LgHg2.Id, Panasonic18650Pf.Id] from method in SocNetworks.Methods select new SocRungTraining(set, method, set),
        .. s_seeds.Select(seed => new SocRungTraining("seeds", SocNetworks.Best, LgHg2.Id, seed, string.Create(CultureInfo.InvariantCulture, $"seeds/{seed}"))),
        new("both", SocNetworks.Best, "both"),
        .. from ambientDegC in s_ambientsDegC from method in (string[])["gru", SocNetworks.Best] select new SocRungTraining("unseen", method, LgHg2.Id, Folder: "unseen") { WithoutAmbientDegC = ambientDegC },
    ];
}
