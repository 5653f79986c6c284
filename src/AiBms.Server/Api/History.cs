using System.Globalization;
using System.Text;
using AiBms.Storage;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Api;

/// <summary>Series of a pack over time, thinned out so that every extreme stays: of each piece the least and the greatest value are kept.</summary>
static class History
{
    /// <summary>Frames looked at for one answer.</summary>
    const int MostFrames = 50_000;

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

    /// <summary>Points [time ms, value] of each signal.</summary>
    public static Dictionary<string, List<double[]>> Of(IReadingStore store, string pack, long fromMs, long toMs, int points, IReadOnlyList<string> signals)
    {
        var frames = store.Frames(pack, fromMs, toMs, MostFrames).Select(r => (r.TimeMs, Frame: PackFrame.Of(r.Body))).ToList();
        return signals.ToDictionary(s => s, s => Thin(frames, Signals[s], points), StringComparer.Ordinal);
    }

    static List<double[]> Thin(List<(long TimeMs, PackFrame Frame)> frames, Func<PackFrame, double> signal, int points)
    {
        int piece = Math.Max(1, (int)Math.Ceiling(2.0 * frames.Count / Math.Max(2, points)));
        List<double[]> kept = [];
        for (int first = 0; first < frames.Count; first += piece)
        {
            (double[] low, double[] high) = ([0, double.NaN], [0, double.NaN]);
            for (int k = first; k < Math.Min(first + piece, frames.Count); k++)
            {
                double value = signal(frames[k].Frame);
                if (!double.IsFinite(value)) continue;
                if (!(value >= low[1])) low = [frames[k].TimeMs, value];
                if (!(value <= high[1])) high = [frames[k].TimeMs, value];
            }

            if (!double.IsFinite(low[1])) continue;
            kept.Add(low[0] <= high[0] ? low : high);
            if (low[0] != high[0]) kept.Add(low[0] <= high[0] ? high : low);
        }

        return kept;
    }

    public static string Csv(IReadingStore store, string pack, long fromMs, long toMs, IReadOnlyList<string> signals)
    {
        var text = new StringBuilder("time_utc," + string.Join(',', signals) + "\n");
        foreach (var record in store.Frames(pack, fromMs, toMs, MostFrames))
        {
            var frame = PackFrame.Of(record.Body);
            text.Append(DateTimeOffset.FromUnixTimeMilliseconds(record.TimeMs).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            foreach (string signal in signals) text.Append(',').Append(Signals[signal](frame) is var v && double.IsFinite(v) ? v.ToString("0.####", CultureInfo.InvariantCulture) : "");
            text.Append('\n');
        }

        return text.ToString();
    }
}
