using AiBms.Storage;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Api;

/// <summary>Series of a pack over time, thinned out so that every extreme stays: of each piece the least and the greatest value are kept.</summary>
static class History
{
    /// <summary>Frames looked at for one answer.</summary>
    const int MostFrames = 50_000;

    /// <summary>Longer than this a history is drawn from minutes.</summary>
    const long LongMs = 8 * 3_600_000L;

    /// <summary>The signals; their order is that of stored minutes, so new ones go to the end.</summary>
    public static IReadOnlyDictionary<string, Func<PackFrame, double>> Signals { get; } = new Dictionary<string, Func<PackFrame, double>>(StringComparer.Ordinal)
    {
        ["soc"] = f => f.Soc,
        ["socLow"] = f => Math.Max(0, f.Soc - 2 * f.SocDeviation),
        ["socHigh"] = f => Math.Min(1, f.Soc + 2 * f.SocDeviation),
        ["vendorSoc"] = f => f.VendorSoc,
        ["currentA"] = f => f.CurrentA,
        ["voltageV"] = f => f.VoltageV,
        ["cellVMin"] = f => f.CellVoltageV.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min(),
        ["cellVMean"] = f => f.CellVoltageV.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average(),
        ["cellVMax"] = f => f.CellVoltageV.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max(),
        ["hotSpotDegC"] = f => f.HotSpotDegC,
        ["inletDegC"] = f => f.InletDegC,
        ["outletDegC"] = f => f.OutletDegC,
        ["chargeLimitA"] = f => f.ChargeLimitValues is [var a, ..] ? a : double.NaN,
        ["dischargeLimitA"] = f => f.DischargeLimitValues is [var a, ..] ? -a : double.NaN,
        ["pumpFraction"] = f => f.PumpFraction,
    };

    static readonly List<string> s_order = [.. Signals.Keys];

    /// <summary>Points [time ms, value] of each signal.</summary>
    public static Dictionary<string, List<double[]>> Of(IReadingStore store, string pack, long fromMs, long toMs, int points, IReadOnlyList<string> signals)
    {
        List<long> timesMs = [];
        List<double>[] values = [.. signals.Select(_ => new List<double>())];
        // A long history begins with what was made of its minutes; what is not in them yet is read row by row.
        long rowsFromMs = fromMs;
        if (toMs - fromMs > LongMs)
        {
            int[] places = [.. signals.Select(s => s_order.IndexOf(s))];
            foreach (var minute in store.Minutes(pack, fromMs, toMs))
            {
                timesMs.AddRange([minute.TimeMs, minute.TimeMs + HistoryMinutes.LengthMs / 2]);
                for (int k = 0; k < places.Length; k++)
                {
                    (double least, double greatest) = HistoryMinutes.Read(minute, places[k]);
                    values[k].AddRange([least, greatest]);
                }

                rowsFromMs = minute.TimeMs + HistoryMinutes.LengthMs;
            }
        }

        foreach (var record in store.Frames(pack, rowsFromMs, toMs, MostFrames))
        {
            var frame = PackFrame.Of(record.Body);
            timesMs.Add(record.TimeMs);
            for (int k = 0; k < signals.Count; k++) values[k].Add(Signals[signals[k]](frame));
        }

        return signals.Select((name, k) => (name, Points: Thin(timesMs, values[k], points))).ToDictionary(s => s.name, s => s.Points, StringComparer.Ordinal);
    }

    internal static List<double[]> Thin(List<long> timesMs, List<double> values, int points)
    {
        int piece = Math.Max(1, (int)Math.Ceiling(2.0 * values.Count / Math.Max(2, points)));
        List<double[]> kept = [];
        for (int first = 0; first < values.Count; first += piece)
        {
            (int low, int high) = (-1, -1);
            for (int k = first; k < Math.Min(first + piece, values.Count); k++)
            {
                if (!double.IsFinite(values[k])) continue;
                if (low < 0 || values[k] < values[low]) low = k;
                if (high < 0 || values[k] > values[high]) high = k;
            }

            if (low < 0) continue;
            kept.Add([timesMs[Math.Min(low, high)], values[Math.Min(low, high)]]);
            if (low != high) kept.Add([timesMs[Math.Max(low, high)], values[Math.Max(low, high)]]);
        }

        return kept;
    }
}
