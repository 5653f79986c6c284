using System.Globalization;
using System.Text;
using AiBms.Storage;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Api;

/// <summary>Every frame of a pack as text, written while it is read: CSV, or InfluxDB's line protocol, which VictoriaMetrics and others take too.</summary>
/// <remarks>Line protocol: <c>aibms,pack=ID signal=value,… time</c>, time in ms: write it with precision=ms. Source: InfluxDB 1.x and 2.x, "line protocol".</remarks>
static class HistoryRows
{
    const long PieceMs = 3_600_000;

    /// <summary>Frames of a piece beyond which a longer piece is asked for anew, an hour at a time.</summary>
    const int MostOfPiece = 50_000;

    public static async Task CsvAsync(Stream to, IReadingStore store, string pack, long fromMs, long toMs, IReadOnlyList<string> signals)
    {
        await using var text = Writer(to);
        await text.WriteAsync("time_utc," + string.Join(',', signals) + "\n");
        var row = new StringBuilder();
        foreach (var record in Frames(store, pack, fromMs, toMs))
        {
            var frame = PackFrame.Of(record.Body);
            row.Clear().Append(DateTimeOffset.FromUnixTimeMilliseconds(record.TimeMs).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            foreach (string signal in signals) row.Append(',').Append(History.Signals[signal](frame) is var v && double.IsFinite(v) ? (v + 0.0).ToString("0.####", CultureInfo.InvariantCulture) : "");
            await text.WriteAsync(row.Append('\n'));
        }
    }

    public static async Task LinesAsync(Stream to, IReadingStore store, string pack, long fromMs, long toMs, IReadOnlyList<string> signals)
    {
        await using var text = Writer(to);
        var row = new StringBuilder();
        foreach (var record in Frames(store, pack, fromMs, toMs))
        {
            var frame = PackFrame.Of(record.Body);
            row.Clear();
            foreach (string signal in signals)
                if (History.Signals[signal](frame) is var v && double.IsFinite(v)) row.Append(row.Length == 0 ? $"aibms,pack={pack} " : ",").Append(CultureInfo.InvariantCulture, $"{signal}={v + 0.0:R}");
            // What knows nothing of the signals has no line: the protocol has none without a field.
            if (row.Length > 0) await text.WriteAsync(row.Append(CultureInfo.InvariantCulture, $" {record.TimeMs}\n"));
        }
    }

    static StreamWriter Writer(Stream to) => new(to, new UTF8Encoding(false), 1 << 16, leaveOpen: true);

    /// <summary>All of them, oldest first, an hour at a time; where nothing is, ever longer pieces.</summary>
    internal static IEnumerable<Record> Frames(IReadingStore store, string pack, long fromMs, long toMs)
    {
        if (store.Span(pack) is not { } span) yield break;
        long pieceMs = PieceMs;
        toMs = Math.Min(toMs, span.LastMs + 1);
        for (long atMs = Math.Max(fromMs, span.FirstMs); atMs < toMs;)
        {
            long endMs = Math.Min(toMs, atMs + pieceMs);
            bool isLong = pieceMs > PieceMs;
            var frames = store.Frames(pack, atMs, endMs, isLong ? MostOfPiece : int.MaxValue);
            if (isLong && frames.Count == MostOfPiece)
            {
                pieceMs = PieceMs;
                continue;
            }

            foreach (var frame in frames) yield return frame;
            (atMs, pieceMs) = (endMs, frames.Count == 0 ? 2 * pieceMs : PieceMs);
        }
    }
}
