using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Telemetry;

namespace AiBms.Learning.Training;

/// <summary>Recordings to learn SOC from, split by whole recording as it is published on, checked for rows that lie in two parts.</summary>
public sealed class SocTrainingData
{
    SocTrainingData(TrainingSplit<SocTrainingItem> split, string dataHash, ModelData[] sources) => (Split, DataHash, Sources) = (split, dataHash, sources);

    /// <summary>Name of the set that is a user's own recordings.</summary>
    public const string Own = "own";

    /// <summary>Names that a request's set takes.</summary>
    public static IReadOnlyList<string> Sets { get; } = [LgHg2.Id, Panasonic18650Pf.Id, "both", Own];

    /// <summary>What may be trained and chosen on.</summary>
    public TrainingSplit<SocTrainingItem> Split { get; }

    /// <summary>Number of the part that was held out, from 0; 0 where nothing was.</summary>
    public int Fold { get; private init; }

    /// <summary>Recordings held out of training and choosing; empty where none were.</summary>
    public IReadOnlyList<SocTrainingItem> HeldOut { get; private init; } = [];

    /// <summary>The recordings that train and choose without every so-maniest of each ambient: what is left trains, nothing chooses.</summary>
    /// <param name="fold">Which part is held out, from 0.</param>
    /// <param name="folds">Parts, at least 2.</param>
    public SocTrainingData WithoutFold(int fold, int folds)
    {
        var parts = Split.Train.Concat(Split.Choose).GroupBy(unit => (unit.Item.Cell.Id, unit.Item.File.AmbientDegC))
            .SelectMany(group => group.OrderBy(unit => unit.Unit, StringComparer.Ordinal).Select((unit, k) => (unit.Item, IsHeld: k % folds == fold))).ToArray();
        var split = TrainingSplits.Of($"{Split.Description}, part {fold + 1} of {folds} held out", parts, part => part.Item.File.RelativePath, part => part.IsHeld ? SplitPart.Unused : SplitPart.Train);
        return new(new(split.Description, [.. split.Train.Select(unit => (unit.Unit, unit.Item.Item))], [], []), DataHash, Sources)
        {
            Fold = fold,
            HeldOut = [.. parts.Where(part => part.IsHeld).Select(part => part.Item)],
        };
    }

    /// <summary>SHA-256 over names and contents of what trains and chooses.</summary>
    public string DataHash { get; }

    /// <summary>Attribution.</summary>
    public ModelData[] Sources { get; }

    /// <summary>Ids of the cells.</summary>
    public string[] CellIds => [.. Split.Train.Select(unit => unit.Item.Cell.Id).Distinct(StringComparer.Ordinal)];

    /// <summary>What tells each recording that trains, then each that chooses, by its rows: see <see cref="RowHash.Sample"/>.</summary>
    public string[] RowSamples() => [.. Split.Train.Concat(Split.Choose).Select(unit => RowHash.Sample(unit.Item.Labelled.Recording))];

    /// <summary>Opens what the request names: a known set below a folder, or a user's own recordings with their SOC, a folder of them or one alone.</summary>
    /// <exception cref="DataException">The data cannot be used; the message says why.</exception>
    public static SocTrainingData Open(TrainingRequest request)
    {
        bool isFile = File.Exists(request.DataPath);
        if (!isFile && !Directory.Exists(request.DataPath)) throw new DataException($"'{request.DataPath}' is neither a recording nor a folder of them.");
        if (isFile || request.Set == Own) return OfOwn(request);
        if (request.CellId is not null && request.WithoutAmbientDegC is null) throw new DataException($"{request.Set} says itself what cell it is of: a cell is named for recordings of your own, and for an ambient kept out.");
        var sets = Describe(request);
        List<SocTrainingItem> items = [];
        var shelf = RecordingShelf.OfThisMachine();
        foreach (var set in sets)
        {
            var cell = Cell(request, set);
            items.AddRange(set.Files.Where(file => file.Part != SplitPart.Unused)
                .Select(file => new SocTrainingItem(file, () => shelf.Take(file.RelativePath, () => set.Load(request.DataPath, file)), cell with { CapacityAh = file.ReferenceAh })));
        }

        // Every recording is read here once: a missing or broken one is told before training begins.
        RefuseSharedRows(items);
        string description = string.Join("; ", sets.Select(set => set.Title)) + (request.WithoutAmbientDegC is { } ambientDegC ? string.Create(CultureInfo.InvariantCulture, $", nothing at {ambientDegC} °C") : "");
        var split = TrainingSplits.Of(description, items, item => item.File.RelativePath, item => item.File.Part);
        return new(split, HashOf(request.DataPath, split), [.. sets.Select(set => new ModelData(set.Title, set.Source, "CC BY 4.0"))]);
    }

    /// <summary>The hash that a model of this request carries, without opening a recording.</summary>
    /// <exception cref="DataException">The set is not there.</exception>
    public static string HashOf(TrainingRequest request) => HashOf(request.DataPath, TrainingSplits.Of("", Describe(request).SelectMany(set => set.Files).Where(file => file.Part != SplitPart.Unused), file => file.RelativePath, file => file.Part));

    static string HashOf<T>(string folder, TrainingSplit<T> split) => Datasets.DataHash.Of(folder, [.. split.Train.Concat(split.Choose).Select(unit => unit.Unit)]);

    static Dataset[] Describe(TrainingRequest request)
    {
        if (request.WithoutAmbientDegC is not null && request.Set != LgHg2.Id) throw new DataException($"An ambient is kept out of {LgHg2.Id} only.");
        return request.Set switch
        {
            LgHg2.Id => [LgSet(request)],
            Panasonic18650Pf.Id => [Panasonic18650Pf.Describe(request.DataPath)],
            "both" => [LgSet(request), Panasonic18650Pf.Describe(request.DataPath)],
            _ => throw new DataException($"'{request.Set}' is no set to learn SOC from; known are {string.Join(", ", Sets)}."),
        };
    }

    /// <summary>Refuses recordings of different parts that share rows: the same measurement under two names.</summary>
    /// <exception cref="DataException">Two do.</exception>
    public static void RefuseSharedRows(IReadOnlyList<SocTrainingItem> items)
    {
        foreach (var (first, second, windows) in RowHash.FindShared(items.Select(item => item.Labelled.Recording)))
        {
            if (items[first].File.Part != items[second].File.Part)
                throw new DataException($"'{items[first].File.RelativePath}' ({items[first].File.Part}) and '{items[second].File.RelativePath}' ({items[second].File.Part}) share {windows} stretches of rows: the same measurement must not lie in two parts of a split.");
        }
    }

    static Dataset LgSet(TrainingRequest request) =>
        request.WithoutAmbientDegC is { } ambientDegC ? LgHg2.DescribeUnseen(request.DataPath, ambientDegC) : LgHg2.Describe(request.DataPath);

    static SocTrainingData OfOwn(TrainingRequest request)
    {
        if (request.WithoutAmbientDegC is not null) throw new DataException($"An ambient is kept out of {LgHg2.Id} only.");
        var cell = request.OwnCell();
        var (items, description) = OwnRecordings.Open(request.DataPath, cell, request.SeriesCount);
        RefuseSharedRows(items);
        string root = File.Exists(request.DataPath) ? Path.GetDirectoryName(Path.GetFullPath(request.DataPath))! : request.DataPath;
        var split = TrainingSplits.Of(description, items, item => item.File.RelativePath, item => item.File.Part);
        return new(split, Datasets.DataHash.Of(root, OwnRecordings.Names(request.DataPath)), [new(description, "the user's own", "the user's own")]);
    }

    // A cell that was identified at an ambient would bring what was learnt there with it.
    static CellType Cell(TrainingRequest request, Dataset set) =>
        request.WithoutAmbientDegC is null ? request.Cells.Find(set.CellId)
        : request.CellId is { } blinded ? request.Cells.Find(blinded)
        : throw new DataException("To keep an ambient out, name the cell that was identified without it: --cell cells/unseen/….json.");
}
