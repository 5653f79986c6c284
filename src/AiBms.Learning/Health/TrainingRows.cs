namespace AiBms.Learning.Health;

/// <summary>Rows to learn from. Only a <see cref="CellSplit"/> makes them, so that a tested cell is never among them.</summary>
public sealed class TrainingRows
{
    readonly FeatureCell[] _cells;

    internal TrainingRows(IReadOnlyList<string> featureNames, FeatureCell[] cells, FeatureCell[]? choose = null)
    {
        (FeatureNames, _cells, Choose) = (featureNames, cells, choose ?? []);
        RowFeatures = [.. cells.SelectMany(cell => cell.RowFeatures)];
        TargetValues = [.. cells.SelectMany(cell => cell.TargetValues)];
    }

    /// <summary>Names of the features, in order.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Features of every row.</summary>
    public IReadOnlyList<double[]> RowFeatures { get; }

    /// <summary>What is to be estimated, one for each row.</summary>
    public double[] TargetValues { get; }

    /// <summary>Cells that nothing is fitted to: for choosing and for intervals; empty where those divide the training cells instead.</summary>
    public IReadOnlyList<FeatureCell> Choose { get; }

    /// <summary>The same cells with other targets, made from each row's features and its target.</summary>
    internal TrainingRows With(Func<double[], double, double> target)
    {
        FeatureCell[] Changed(IEnumerable<FeatureCell> cells) => [.. cells.Select(cell => cell with { TargetValues = [.. cell.TargetValues.Select((value, k) => target(cell.RowFeatures[k], value))] })];
        return new(FeatureNames, Changed(_cells), Changed(Choose));
    }

    /// <summary>How many cells.</summary>
    public int CellCount => _cells.Length;

    /// <summary>Names of the cells.</summary>
    public IReadOnlyList<string> CellIds => [.. _cells.Select(cell => cell.Id)];

    /// <summary>The same rows with one whole group held out in turn.</summary>
    public IEnumerable<(TrainingRows Learn, IReadOnlyList<FeatureCell> Held)> GroupFolds()
    {
        foreach (string group in _cells.Select(cell => cell.Group).Distinct(StringComparer.Ordinal))
            yield return (new(FeatureNames, [.. _cells.Where(cell => cell.Group != group)]), [.. _cells.Where(cell => cell.Group == group)]);
    }

    /// <summary>The same rows divided again by whole cells, for choosing and for intervals.</summary>
    /// <param name="folds">How many parts; no more than there are cells.</param>
    public IEnumerable<(TrainingRows Learn, IReadOnlyList<FeatureCell> Held)> Folds(int folds)
    {
        int count = Math.Min(folds, _cells.Length);
        // Within each group in turn, so that every part has cells of every group.
        int[] fold = [.. _cells.GroupBy(cell => cell.Group, StringComparer.Ordinal).SelectMany(group => group.Select((cell, k) => (cell, k))).OrderBy(pair => Array.IndexOf(_cells, pair.cell)).Select(pair => pair.k % count)];
        if (fold.Distinct().Count() < count) fold = [.. Enumerable.Range(0, _cells.Length).Select(k => k % count)];
        for (int k = 0; k < count; k++)
            yield return (new(FeatureNames, [.. _cells.Where((_, c) => fold[c] != k)]), [.. _cells.Where((_, c) => fold[c] == k)]);
    }
}
