using System.Globalization;
using System.Text;
using AiBms.Server.Fleet;
using AiBms.Storage;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Api;

/// <summary>All that is stored around a moment, row by row: what to look at after an event.</summary>
static class RawWindow
{
    public const int MostS = 3600;
    const int MostRows = 100_000;

    /// <param name="store">Where it is.</param>
    /// <param name="pack">Whose.</param>
    /// <param name="atMs">The moment, ms since 1970.</param>
    /// <param name="seconds">So long before and after it.</param>
    public static string Csv(IReadingStore store, FleetPack pack, long atMs, int seconds)
    {
        var records = store.Records(pack.Id, [RecordKind.Frame, RecordKind.Window], atMs - 1000L * seconds, atMs + 1000L * seconds + 1, MostRows);
        int cells = pack.Card?.SeriesCount ?? 0, probes = pack.Card?.Probes.Count ?? 0;
        var text = new StringBuilder("time_utc,full_rate," + string.Join(',', History.Signals.Keys));
        for (int k = 1; k <= cells; k++) text.Append(CultureInfo.InvariantCulture, $",V_{k}");
        for (int k = 1; k <= probes; k++) text.Append(CultureInfo.InvariantCulture, $",T_{k}");
        text.Append('\n');
        // Where the agent kept full rate, its own row of each second says the same again.
        HashSet<long> full = [.. records.Where(r => r.Kind == RecordKind.Window).Select(r => r.TimeMs)];
        foreach (var record in records.Where(r => r.Kind == RecordKind.Window || !full.Contains(r.TimeMs)))
        {
            var frame = PackFrame.Of(record.Body);
            text.Append(DateTimeOffset.FromUnixTimeMilliseconds(record.TimeMs).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)).Append(record.Kind == RecordKind.Window ? ",1" : ",0");
            foreach (var signal in History.Signals.Values) Add(signal(frame));
            for (int k = 0; k < cells; k++) Add(k < frame.CellVoltageV.Length ? frame.CellVoltageV[k] : double.NaN);
            for (int k = 0; k < probes; k++) Add(k < frame.ProbeDegC.Length ? frame.ProbeDegC[k] : double.NaN);
            text.Append('\n');
        }

        return text.ToString();

        void Add(double value) => text.Append(',').Append(double.IsFinite(value) ? (Math.Round(value, 4) + 0.0).ToString("0.####", CultureInfo.InvariantCulture) : "");
    }
}
