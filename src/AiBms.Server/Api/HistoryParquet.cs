using System.Globalization;
using AiBms.Storage;
using AiBms.Telemetry.Frames;
using Parquet;
using Parquet.Schema;

namespace AiBms.Server.Api;

/// <summary>Every frame of a pack in a Parquet file, with each cell and probe: what DuckDB, pandas and Spark read.</summary>
static class HistoryParquet
{
    const int RowsOfGroup = 20_000;

    /// <summary>Writes it; a value that is not known is NaN, times are ms since 1970.</summary>
    public static async Task WriteAsync(Stream to, IReadingStore store, string pack, PackCard? card, long fromMs, long toMs, IReadOnlyList<string> signals, CancellationToken stop)
    {
        // The format ends in a table of places, so it is made in a file that is gone when it is closed.
        await using FileStream file = new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        int cells = card?.SeriesCount ?? 0, probes = card?.Probes.Count ?? 0;
        List<(string Name, Func<PackFrame, double> Read)> columns = [.. signals.Select(s => (s, History.Signals[s]))];
        for (int k = 0; k < cells; k++) columns.Add((Named("V", k), Of(f => f.CellVoltageV, k)));
        for (int k = 0; k < probes; k++) columns.Add((Named("T", k), Of(f => f.ProbeDegC, k)));
        var time = new DataField<long>("time_ms");
        var schema = new ParquetSchema([time, .. columns.Select(c => (Field)new DataField<double>(c.Name))]);
        await using (var writer = await ParquetWriter.CreateAsync(schema, file, cancellationToken: stop))
            foreach (var rows in HistoryRows.Frames(store, pack, fromMs, toMs).Chunk(RowsOfGroup))
            {
                PackFrame[] frames = [.. rows.Select(r => PackFrame.Of(r.Body))];
                using var group = writer.CreateRowGroup();
                await group.WriteAsync<long>(schema.DataFields[0], rows.Select(r => r.TimeMs).ToArray(), cancellationToken: stop);
                for (int k = 0; k < columns.Count; k++) await group.WriteAsync<double>(schema.DataFields[1 + k], Array.ConvertAll(frames, f => columns[k].Read(f)), cancellationToken: stop);
                group.CompleteValidate();
            }

        file.Position = 0;
        await file.CopyToAsync(to, stop);
    }

    static string Named(string kind, int k) => string.Create(CultureInfo.InvariantCulture, $"{kind}_{k + 1}");

    static Func<PackFrame, double> Of(Func<PackFrame, double[]> values, int k) => frame => values(frame) is var all && k < all.Length ? all[k] : double.NaN;
}
