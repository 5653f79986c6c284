using AiBms.Battery.Estimation.Networks;
using AiBms.Telemetry;

namespace AiBms.Learning.Health;

/// <summary>Which cells are learnt from and which are tested on. The only way to training rows and to scores, so that no learner can see a tested cell.</summary>
/// <remarks>Refuses a cell, or any row of one under whatever name, on both sides.</remarks>
public sealed class CellSplit
{
    readonly FeatureSet _set;
    readonly FeatureCell[] _train, _choose, _test;

    /// <summary>Divides a set.</summary>
    /// <param name="name">What the split is called.</param>
    /// <param name="set">The set; the names of its features hold for both sides.</param>
    /// <param name="train">Cells to learn from, and to choose from where there are none for that.</param>
    /// <param name="test">Cells that are only scored.</param>
    /// <param name="choose">Cells that nothing is fitted to, for choosing and for intervals; none where null.</param>
    /// <exception cref="DataException">A side is empty, or a cell or a row is on both.</exception>
    public CellSplit(string name, FeatureSet set, IEnumerable<FeatureCell> train, IEnumerable<FeatureCell> test, IEnumerable<FeatureCell>? choose = null)
    {
        (Name, _set, _train, _test, _choose) = (name, set, [.. train], [.. test], [.. choose ?? []]);
        if (_train.Length == 0 || _test.Length == 0) throw new DataException($"Split '{name}' of {set.Id} has no cell to {(_train.Length == 0 ? "learn from" : "test on")}; check the data folder.");
        RefuseShared();
    }

    // For a model that ships or is a user's own: nothing is tested.
    CellSplit(string name, FeatureSet set, FeatureCell[] train, FeatureCell[] choose)
    {
        (Name, _set, _train, _choose, _test) = (name, set, train, choose, []);
        if (_train.Length == 0) throw new DataException($"{set.Id} has no cell to learn from; check the data folder.");
        RefuseShared();
    }

    /// <summary>Every cell of a set to learn from, none to test: for a model that ships. What to expect of it is what splits of the same set say.</summary>
    public static CellSplit Whole(FeatureSet set) => new("every cell", set, [.. set.Cells], (FeatureCell[])[]);

    /// <summary>Cells to learn from and others to choose on, none to test: for recordings of a user.</summary>
    public static CellSplit Untested(string name, FeatureSet set, IEnumerable<FeatureCell> train, IEnumerable<FeatureCell> choose) => new(name, set, train.ToArray(), choose.ToArray());

    void RefuseShared()
    {
        Refuse(_train, _test, "learns from", "learnt from");
        Refuse(_choose, _test, "chooses on", "chosen on");
        Refuse(_train, _choose, "learns from", "learnt from");
    }

    void Refuse(FeatureCell[] one, FeatureCell[] other, string uses, string used)
    {
        HashSet<string> names = new(one.Select(cell => cell.Id), StringComparer.Ordinal);
        HashSet<(long, long)> rows = [.. one.SelectMany(Hashes)];
        foreach (var cell in other)
        {
            if (names.Contains(cell.Id)) throw new DataException($"Split '{Name}' of {_set.Id} holds back cell {cell.Id}, which it also {uses}; divide by whole cells.");
            if (Hashes(cell).Any(rows.Contains)) throw new DataException($"Split '{Name}' of {_set.Id} holds back cell {cell.Id}, of which a row is also {used} under another name; remove the copy.");
        }
    }

    /// <summary>What the split is called.</summary>
    public string Name { get; }

    /// <summary>Names of the cells that are learnt from.</summary>
    public IReadOnlyList<string> TrainedOn => [.. _train.Select(cell => cell.Id)];

    /// <summary>Names of the cells that are only scored.</summary>
    public IReadOnlyList<string> TestedOn => [.. _test.Select(cell => cell.Id)];

    /// <summary>The rows to learn from.</summary>
    public TrainingRows Training => new(_set.FeatureNames, _train, _choose);

    /// <summary>Names of the cells that are chosen on.</summary>
    public IReadOnlyList<string> ChosenOn => [.. _choose.Select(cell => cell.Id)];

    /// <summary>Estimates every row of every tested cell. A model sees features alone, one row at a time.</summary>
    public IReadOnlyList<CellScore> Score(FeatureModel model) => [.. _test.Select(cell => CellScore.Of(cell, model))];

    /// <summary>k splits by cell, each group shared out evenly; every cell is tested once.</summary>
    public static IReadOnlyList<CellSplit> Folds(string name, FeatureSet set, int folds) =>
        By(name, set, set.Cells.GroupBy(cell => cell.Group, StringComparer.Ordinal).SelectMany(group => group.Select((cell, k) => (cell, k % folds))).ToDictionary(pair => pair.cell.Id, pair => pair.Item2.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal));

    /// <summary>One split for each group, which is tested on and learnt from the others.</summary>
    public static IReadOnlyList<CellSplit> LeaveGroupsOut(string name, FeatureSet set) => By(name, set, set.Cells.ToDictionary(cell => cell.Id, cell => cell.Group, StringComparer.Ordinal));

    /// <summary>One split for each cell.</summary>
    public static IReadOnlyList<CellSplit> LeaveCellsOut(string name, FeatureSet set) => By(name, set, set.Cells.ToDictionary(cell => cell.Id, cell => cell.Id, StringComparer.Ordinal));

    static CellSplit[] By(string name, FeatureSet set, Dictionary<string, string> fold) =>
        [.. fold.Values.Distinct(StringComparer.Ordinal).Select(k => new CellSplit($"{name} {k}", set, set.Cells.Where(cell => fold[cell.Id] != k), set.Cells.Where(cell => fold[cell.Id] == k)))];

    // A row is known by its features; one that knows nothing says nothing about where it came from.
    static IEnumerable<(long, long)> Hashes(FeatureCell cell)
    {
        for (int row = 0; row < cell.RowFeatures.Count; row++)
        {
            if (!cell.RowFeatures[row].Any(double.IsFinite)) continue;
            HashCode hash = new();
            long sum = 17;
            foreach (double value in cell.RowFeatures[row])
            {
                hash.Add(value);
                sum = unchecked(sum * 1_000_003 + BitConverter.DoubleToInt64Bits(value));
            }

            yield return (hash.ToHashCode(), sum);
        }
    }
}
