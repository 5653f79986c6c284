using System.Runtime.InteropServices;
using AiBms.Storage;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Api;

/// <summary>Least and greatest value of each signal in a minute: what a history of days is drawn from.</summary>
static class HistoryMinutes
{
    public const long LengthMs = 60_000;

    public static long Begin(long timeMs) => timeMs - timeMs % LengthMs;

    /// <summary>The minutes of frames, oldest first; values in the order of <see cref="History.Signals"/>, least before greatest.</summary>
    public static IReadOnlyList<StoredMinute> Of(IReadOnlyList<Record> frames)
    {
        List<StoredMinute> minutes = [];
        foreach (var minute in frames.GroupBy(r => Begin(r.TimeMs)))
        {
            float[] values = new float[2 * History.Signals.Count];
            Array.Fill(values, float.NaN);
            foreach (var frame in minute.Select(r => r.Frame()))
            {
                int k = 0;
                foreach (var signal in History.Signals.Values)
                {
                    float value = (float)signal(frame);
                    if (float.IsFinite(value) && !(value >= values[k])) values[k] = value;
                    if (float.IsFinite(value) && !(value <= values[k + 1])) values[k + 1] = value;
                    k += 2;
                }
            }

            minutes.Add(new(minute.Key, MemoryMarshal.AsBytes<float>(values).ToArray()));
        }

        return minutes;
    }

    /// <summary>A signal's least and greatest value; not known where the minute was written before there was that signal.</summary>
    public static (double Least, double Greatest) Read(StoredMinute minute, int signal)
    {
        var values = MemoryMarshal.Cast<byte, float>(minute.Body);
        return 2 * signal + 1 < values.Length ? (values[2 * signal], values[2 * signal + 1]) : (double.NaN, double.NaN);
    }
}
