using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Datasets;

/// <summary>Finds recordings that share rows: a test recording that also lies in training would make a score worthless.</summary>
/// <remarks>
/// A window of <see cref="WindowRows"/> consecutive (voltage, current, temperature) rows is hashed at every row of each recording.
/// Time is left out, so that a copied stretch is found wherever it was put. Windows in which current stands still are passed over: rests look alike.
/// </remarks>
public static class RowHash
{
    /// <summary>Rows in a window: long enough that two measurements never agree by chance.</summary>
    public const int WindowRows = 8;

    /// <summary>Windows that stand for a recording: one that shares a fifth of its rows has one of them with 97 %.</summary>
    const int SampleWindows = 16;

    /// <summary>Two recordings with a common stretch.</summary>
    /// <param name="First">Index of one recording.</param>
    /// <param name="Second">Index of the other.</param>
    /// <param name="Windows">How many windows of <see cref="WindowRows"/> rows they share.</param>
    public readonly record struct Shared(int First, int Second, int Windows);

    /// <summary>Every pair of recordings that shares a window, in order of index.</summary>
    /// <param name="recordings">Recordings.</param>
    /// <param name="leastChanges">How often the current must change within a window that counts: between all of its rows, or less often where a load is held for long.</param>
    public static IReadOnlyList<Shared> FindShared(IEnumerable<Recording> recordings, int leastChanges = WindowRows - 1)
    {
        Dictionary<ulong, int> owner = [];
        SortedDictionary<(int, int), int> shared = [];
        foreach (var (file, recording) in recordings.Index())
        {
            foreach (ulong hash in Windows(recording, leastChanges))
            {
                ref int first = ref CollectionsMarshal.GetValueRefOrAddDefault(owner, hash, out bool known);
                if (!known) first = file;
                else if (first != file) shared[(first, file)] = shared.GetValueOrDefault((first, file)) + 1;
            }
        }

        return [.. shared.Select(pair => new Shared(pair.Key.Item1, pair.Key.Item2, pair.Value))];
    }

    /// <summary>The least window hashes of a recording, in base 64; empty where none counts, as its current stands still.</summary>
    /// <param name="recording">A recording.</param>
    public static string Sample(Recording recording)
    {
        ulong[] least = [.. Windows(recording, WindowRows - 1).Distinct().Order().Take(SampleWindows)];
        var bytes = new byte[least.Length * sizeof(ulong)];
        for (int k = 0; k < least.Length; k++) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(k * sizeof(ulong)), least[k]);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Whether a recording has a stretch that a sample of another, or of itself, was taken from.</summary>
    /// <param name="windows">The recording's windows, from <see cref="All"/>.</param>
    /// <param name="sample">What <see cref="Sample"/> gave.</param>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static bool Holds(IReadOnlySet<ulong> windows, string sample)
    {
        byte[] bytes = Convert.FromBase64String(sample);
        for (int k = 0; k + sizeof(ulong) <= bytes.Length; k += sizeof(ulong))
            if (windows.Contains(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(k)))) return true;
        return false;
    }

    /// <summary>Every window hash of a recording.</summary>
    /// <param name="recording">A recording.</param>
    public static IReadOnlySet<ulong> All(Recording recording) => Windows(recording, WindowRows - 1).ToHashSet();

    static IEnumerable<ulong> Windows(Recording recording, int leastChanges)
    {
        ulong[] rows = new ulong[recording.RowCount];
        for (int k = 0; k < rows.Length; k++)
            rows[k] = Mix(Mix(Mix(0, recording.VoltageV[k]), recording.CurrentA[k]), recording.TemperatureDegC[k]);

        int changes = 0; // of the current within the window that ends here
        for (int k = 1; k < rows.Length; k++)
        {
            if (Changes(k)) changes++;
            if (k >= WindowRows && Changes(k - WindowRows + 1)) changes--;
            if (k < WindowRows - 1 || changes < leastChanges) continue;
            ulong hash = 0;
            for (int j = k - WindowRows + 1; j <= k; j++) hash = (hash ^ rows[j]) * 0x9E3779B97F4A7C15 + (hash >> 29);
            yield return hash;
        }

        bool Changes(int row) => recording.CurrentA[row] != recording.CurrentA[row - 1];
    }

    // Values are compared to 0.1 mV, 0.1 mA, 0.1 m°C, so that the digits a file is written with do not matter.
    static ulong Mix(ulong hash, double value)
    {
        ulong bits = (ulong)BitConverter.DoubleToInt64Bits(double.IsFinite(value) ? Math.Round(value, 4) + 0.0 : double.NaN);
        hash = (hash ^ bits) * 0xBF58476D1CE4E5B9;
        return hash ^ (hash >> 31);
    }
}
