namespace AiBms.Learning.Health;

/// <summary>Rows to learn from. Only a <see cref="CellSplit"/> makes them, so that a tested cell is never among them.</summary>
public sealed class TrainingRows
{
    readonly FeatureCell[] _cells;

    internal TrainingRows(IReadOnlyList<string> featureNames, FeatureCell[] cells)
    {
        (FeatureNames, _cells) = (featureNames, cells);
        RowFeatures = [.. cells.SelectMany(cell => cell.RowFeatures)];
        TargetValues = [.. cells.SelectMany(cell => cell.TargetValues)];
    }

    /// <summary>Names of the features, in order.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Features of every row.</summary>
    public IReadOnlyList<double[]> RowFeatures { get; }

    /// <summary>What is to be estimated, one for each row.</summary>
    public double[] TargetValues { get; }

    /// <summary>How many cells.</summary>
    public int CellCount => _cells.Length;

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
