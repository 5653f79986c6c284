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
    public static void Write(Recording recording, string path)
    {
        using FileStream file = File.Create(path);
        WriteAsync(recording, file).GetAwaiter().GetResult();
    }

    static async Task WriteAsync(Recording recording, Stream target)
    {
        List<(string Label, double[] Values)> columns = BdfTable.Columns(recording);
        string[]? names = BdfTable.SeriesNames(recording);
        List<DataField> fields = [.. columns.Select(column => new DataField<double>(column.Label))];
        if (names is not null)
            fields.Add(new DataField<string>(BdfColumns.Series));
        var schema = new ParquetSchema(fields);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, target);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        for (int i = 0; i < columns.Count; i++)
            await group.WriteAsync<double>(schema.DataFields[i], columns[i].Values);
        if (names is not null)
            await group.WriteAsync(schema.DataFields[^1], names);
        group.CompleteValidate();
    }
}
