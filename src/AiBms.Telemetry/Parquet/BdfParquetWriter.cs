using AiBms.Telemetry.Bdf;
using AiBms.Telemetry.Readings;
using global::Parquet;
using global::Parquet.Schema;

namespace AiBms.Telemetry.Parquet;

/// <summary>Writes a recording as BDF in a Parquet file; reading it again gives the same numbers, bit for bit.</summary>
public static class BdfParquetWriter
{
    /// <summary>Writes one row for each row of the recording; a missing value is NaN.</summary>
    /// <param name="recording">What to write.</param>
    /// <param name="path">Where; an existing file is replaced.</param>
    /// <param name="added">Columns to write behind the recording's own.</param>
    public static void Write(Recording recording, string path, params IReadOnlyList<AddedColumn> added)
    {
        using FileStream file = File.Create(path);
        WriteAsync(recording, file, added).GetAwaiter().GetResult();
    }

    static async Task WriteAsync(Recording recording, Stream target, IReadOnlyList<AddedColumn> added)
    {
        List<AddedColumn> columns = [.. BdfTable.Columns(recording).Select(column => new AddedColumn(column.Label, column.Values))];
        if (BdfTable.SeriesNames(recording) is { } names)
            columns.Add(new(BdfColumns.Series, names));
        columns.AddRange(added);
        var schema = new ParquetSchema(columns.Select(column => column.Words is null ? (DataField)new DataField<double>(column.Label) : new DataField<string>(column.Label)));
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, target);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Words is { } words)
                await group.WriteAsync(schema.DataFields[i], words);
            else
                await group.WriteAsync<double>(schema.DataFields[i], columns[i].Values!);
        }

        group.CompleteValidate();
    }
}
