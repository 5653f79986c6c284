using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Boards.Health;
using AiBms.Learning.Datasets;
using AiBms.Learning.Health;
using AiBms.Learning.Learners;
using AiBms.Learning.Temperature;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Boards.Temperature;

/// <summary>The tables of <c>board temp</c>: a protocol for each set and task.</summary>
public static class TemperatureProtocols
{
    /// <summary>Persistence: the temperature stays.</summary>
    public const string Persistence = "persistence";

    /// <summary>The thermal filter's forecast alone.</summary>
    public const string PhysicsAlone = "physics alone";

    const string Ridge = "physics and ridge", Quadratic = "physics and quadratic ridge", Trees = "physics and boosted trees", Network = "physics and network", Average = "physics and average of all";

    /// <summary>Set with one ambient kept out.</summary>
    public const string Unseen = "lg_hg2-unseen";

    /// <summary>Ambient that is kept out there, °C: between others, so that it can be reached from both sides.</summary>
    public const double UnseenDegC = 10;

    /// <summary>Sets by name.</summary>
    public static IReadOnlyList<string> Sets { get; } = [LgHg2.Id, Unseen, Panasonic18650Pf.Id, "dmegc"];

    /// <summary>Name of the learner that is held to the aims: least error on the choosing recordings of LG HG2, over all tasks.</summary>
    public const string Held = Average;

    /// <summary>The protocols of one set, a task each.</summary>
    /// <param name="set">One of <see cref="Sets"/>.</param>
    /// <param name="data">Folder of measured data.</param>
    /// <param name="cells">Cells.</param>
    /// <param name="unseenCell">Path of the cell that was identified without the ambient kept out.</param>
    /// <param name="library">Learners that need a library; a board needs only their names.</param>
    /// <param name="noiseK">Noise of the case sensor, one standard deviation, K.</param>
    public static IReadOnlyList<(TemperatureTask Task, HealthProtocol Protocol)> Of(string set, string data, CellCatalogue cells, string unseenCell, ILearnerLibrary library, out double noiseK)
    {
        if (set == "dmegc") return Dmegc(data, cells, library, out noiseK);
        var dataset = set switch { LgHg2.Id => LgHg2.Describe(data), Unseen => LgHg2.DescribeUnseen(data, UnseenDegC), _ => Panasonic18650Pf.Describe(data) };
        var parts = dataset.Files.ToDictionary(file => file.RelativePath, file => file.Part, StringComparer.Ordinal);
        var sets = TemperatureSet.Of(dataset, cells.Find(set == Unseen ? unseenCell : dataset.CellId), data, out noiseK);
        return [.. TemperatureTask.All.Select(task =>
        {
            // Learnt with the load told, whatever is asked: see TemperatureFeatures.
            var (rows, told) = (sets[task], sets[task with { IsLoadKnown = true }]);
            IEnumerable<FeatureCell> In(SplitPart part) => rows.Cells.Where(cell => parts[cell.Id] == part);
            return (task, Protocol(set, task, rows, [new CellSplit(set, rows, told.Cells.Where(cell => parts[cell.Id] == SplitPart.Train), In(SplitPart.Test), In(SplitPart.Choose))], library));
        })];
    }

    static IReadOnlyList<(TemperatureTask Task, HealthProtocol Protocol)> Dmegc(string data, CellCatalogue cells, ILearnerLibrary library, out double noiseK)
    {
        string[] files = [.. Enumerable.Range(1, 3).Select(k => string.Create(CultureInfo.InvariantCulture, $"dmegc-electrothermal/cell_R{k}.csv.gz"))];
        var cell = cells.Find("dmegc_18650");
        var all = files.SelectMany(file => Open(data, file).Split().Where(run => !run.Name.Contains("ocv", StringComparison.OrdinalIgnoreCase)).Select(run => (Run: run, Cell: Path.GetFileName(file)[..7]))).ToArray();
        var copies = CopiedRuns.Among([.. all.Select(entry => (entry.Run, entry.Cell))]);
        (Recording Run, string Cell)[] runs = [.. all.Where((_, k) => !copies.Contains(k))];
        string source = "DMEGC electrothermal set, MIT licence";
        if (copies.Count > 0) source += $". Left out: {string.Join(", ", copies.Select(k => all[k].Run.Name))}, which are one recording under the names of more than one cell; the set does not say whose it is";
        noiseK = TemperatureSet.NoiseK(runs.Select(entry => entry.Run));
        var recordings = runs.Select(entry => TemperatureSet.Rows(entry.Run, cell, entry.Run.Name, entry.Cell)).ToArray();
        var sets = TemperatureSet.Sets("dmegc", "DMEGC 18650, three cells under random loads", source, DataHash.Of(data, files), recordings);
        return [.. TemperatureTask.All.Where(task => sets[task].Cells.Count > 0).Select(task => (task, Protocol("dmegc", task, sets[task], [.. from tested in files.Select(file => Path.GetFileName(file)[..7])
                select OfCell(tested, sets[task], sets[task with { IsLoadKnown = true }])], library)))];
    }

    // One cell tested, two learnt from, but for every fifth of their recordings: those make the interval.
    static CellSplit OfCell(string tested, FeatureSet rows, FeatureSet told)
    {
        bool Chooses(FeatureCell cell) => cell.Group != tested && cell.Id.Sum(letter => (int)letter) % 5 == 0;
        return new(tested, rows, told.Cells.Where(cell => cell.Group != tested && !Chooses(cell)), rows.Cells.Where(cell => cell.Group == tested), rows.Cells.Where(Chooses));
    }

    static Recording Open(string data, string file) =>
        File.Exists(Path.Combine(data, file)) ? RecordingDoor.Open(Path.Combine(data, file)) : throw new DataException($"'{file}' is missing below '{data}'; lay the set out with './aibms data add'.");

    static HealthProtocol Protocol(string set, TemperatureTask task, FeatureSet rows, IReadOnlyList<CellSplit> splits, ILearnerLibrary library) => new()
    {
        Id = $"temp-{set}-{task}",
        Title = $"{rows.Title}, {task.HorizonS} s ahead, load {(task.IsLoadKnown ? "known" : "unknown")}",
        Note = "",
        Set = rows,
        Splits = splits,
        Learners = Learners(library),
        Held = Held,
        Seeds = set is LgHg2.Id or Panasonic18650Pf.Id ? HealthBoard.Seeds : [1],
        Interval = new() { IsRelative = false, IsOfChooseAlone = !task.IsLoadKnown },
    };

    /// <summary>What the models that ship are learnt from, by task: the training side of a set's split.</summary>
    public static IReadOnlyDictionary<TemperatureTask, (FeatureSet Set, CellSplit Split, string CellId)> Shipped(string set, string data, CellCatalogue cells)
    {
        if (set != LgHg2.Id && set != Panasonic18650Pf.Id) throw new DataException($"'{set}' is no set for temperature; known are {LgHg2.Id} and {Panasonic18650Pf.Id}.");
        var dataset = set == LgHg2.Id ? LgHg2.Describe(data) : Panasonic18650Pf.Describe(data);
        return Of(set, data, cells, "", new AbsentLibrary(), out _).ToDictionary(entry => entry.Task, entry => (entry.Protocol.Set, entry.Protocol.Splits[0], dataset.CellId));
    }

    /// <summary>Every rung, the simplest first. The one that is held averages three of them.</summary>
    public static IReadOnlyList<ILearner> Learners(ILearnerLibrary library)
    {
        RidgeLearner ridge = new("ridge", _ => true) { LinearFactor = 1e-2 }, quadratic = new("quadratic ridge", _ => true, IsSlow) { LinearFactor = 1e-2, ProductFactor = 0.3 };
        var trees = library.Trees("boosted trees", _ => true, new() { TreeCount = 200, LeafCount = 12, LeastRows = 60, RateFactor = 0.06 });
        var network = library.Network("network", _ => true, new() { UnitCount = 24, PassCount = 12 });
        return
        [
            new MeanLearner(), new ConstantLearner(Persistence, 0), new ResidualLearner(PhysicsAlone, TemperatureFeatures.Physics, new ConstantLearner("nothing", 0)),
            new ResidualLearner(Ridge, TemperatureFeatures.Physics, ridge), new ResidualLearner(Quadratic, TemperatureFeatures.Physics, quadratic),
            new ResidualLearner(Trees, TemperatureFeatures.Physics, trees), new ResidualLearner(Network, TemperatureFeatures.Physics, network),
            new ResidualLearner(Average, TemperatureFeatures.Physics, new AverageLearner("average", quadratic, trees, network)),
        ];
    }

    static bool IsSlow(string name) => !name.StartsWith("case less", StringComparison.Ordinal);
}
