using AiBms.Telemetry.Readings;

namespace AiBms.Telemetry.Mat;

/// <summary>The numeric vectors of a MATLAB file that are as long as most: the columns of the recording in it.</summary>
sealed class MatTable : ITable
{
    readonly List<MatArray> _columns;

    /// <param name="contents">The file.</param>
    /// <param name="path">For the sentence.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="DataException">The file holds no vector of numbers.</exception>
    public MatTable(Stream contents, string path)
    {
        using var whole = new MemoryStream();
        contents.CopyTo(whole);
        var vectors = MatReader.Read(whole.GetBuffer().AsMemory(0, (int)whole.Length)).SelectMany(Leaves)
            .Where(array => array.Numbers.Length > 1 && Math.Min(array.Rows, array.Columns) == 1).ToList();
        var longest = vectors.GroupBy(vector => vector.Numbers.Length).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).FirstOrDefault();
        _columns = longest is null ? throw new DataException($"{path} holds no vector of numbers; save the measured columns as vectors or as fields of one struct.") : [.. longest];
        Names = [.. _columns.Select(column => column.Name)];
        RowCount = longest.Key;
    }

    /// <inheritdoc/>
    public string Container => "mat";

    /// <inheritdoc/>
    public string[] Names { get; }

    /// <inheritdoc/>
    public int RowCount { get; }

    /// <inheritdoc/>
    public double[] Numbers(ColumnBinding binding) => [.. _columns[binding.Index].Numbers];

    /// <inheritdoc/>
    public string[] Words(int column) =>
        [.. _columns[column].Numbers.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    static IEnumerable<MatArray> Leaves(MatArray array) => array.Fields.Count == 0 ? [array] : array.Fields.SelectMany(Leaves);
}
