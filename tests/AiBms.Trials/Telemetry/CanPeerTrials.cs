using System.Diagnostics;
using System.Text.Json;
using AiBms.Telemetry.Can;
using AiBms.Telemetry.Can.Dbc;
using AiBms.Trials.House;

namespace AiBms.Trials.Telemetry;

/// <summary>DBC signals against canmatrix, bit for bit, and BLF and candump files that python-can wrote.</summary>
public sealed class CanPeerTrials : IDisposable
{
    const string Python = "/usr/bin/python3";

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-can-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SignalsAndLogsAreWhatThePeersSay()
    {
        string shipped = Path.Combine(Clone.Root, "packs", "can", "ev_96s2p_immersion.dbc");
        Write(shipped);
        using var told = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "told.json")));
        var files = new Dictionary<string, DbcFile>(StringComparer.Ordinal) { [shipped] = DbcFile.Read(shipped), [Path.Combine(_folder, "made.dbc")] = DbcFile.Read(Path.Combine(_folder, "made.dbc")) };
        int compared = 0;
        foreach (var frame in told.RootElement.EnumerateArray())
        {
            uint key = frame.GetProperty("id").GetUInt32() | (frame.GetProperty("extended").GetBoolean() ? CanFrame.ExtendedFlag : 0);
            var message = files[frame.GetProperty("file").GetString()!].Messages.Single(m => m.Key == key);
            byte[] data = Convert.FromHexString(frame.GetProperty("data").GetString()!);
            var expected = frame.GetProperty("signals").EnumerateObject().ToDictionary(s => s.Name, s => (Raw: s.Value[0].GetInt64(), Physical: s.Value[1].GetDouble()), StringComparer.Ordinal);
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), message.Signals.Where(s => message.Has(s, data)).Select(s => s.Name).Order(StringComparer.Ordinal));
            foreach (var signal in message.Signals.Where(s => expected.ContainsKey(s.Name)))
            {
                var (raw, physical) = expected[signal.Name];
                Assert.Equal((ulong)raw & (ulong.MaxValue >> (64 - signal.Length)), signal.Raw(data));
                Assert.Equal(physical, signal.Physical(data), Math.Max(1e-9, 1e-12 * Math.Abs(physical)));
                compared++;
            }
        }

        Assert.True(compared > 5000, $"only {compared} signals were compared");
        var frames = told.RootElement.EnumerateArray().Select(f => $"{f.GetProperty("id").GetUInt32():X}{(f.GetProperty("extended").GetBoolean() ? "x" : "")} {f.GetProperty("data").GetString()!.ToUpperInvariant()}").ToList();
        Assert.Equal(frames, Read("bus.log", out double logS));
        Assert.Equal(frames, Read("bus.blf", out double blfS));
        Assert.Equal(0.001 * (frames.Count - 1), logS, 1e-5);
        Assert.Equal(logS, blfS, 1e-4);
    }

    List<string> Read(string name, out double spanS)
    {
        using var log = CanLogs.Open(Path.Combine(_folder, name));
        List<string> read = [];
        (double firstS, double lastS) = (double.NaN, double.NaN);
        while (log.TryRead(out var frame))
        {
            if (read.Count == 0) firstS = frame.TimeS;
            lastS = frame.TimeS;
            read.Add($"{frame.Id:X}{(frame.IsExtended ? "x" : "")} {Convert.ToHexString(frame.Data.Span)}");
        }

        spanS = lastS - firstS;
        return read;
    }

    void Write(string dbc)
    {
        Assert.SkipUnless(File.Exists(Python), "skipped: no Debian python3");
        string script = Path.Combine(Clone.Root, "tests", "AiBms.Trials", "Telemetry", "can_peer.py");
        using var process = Process.Start(new ProcessStartInfo(Python, [script, _folder, dbc, "7"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(error.Contains("ModuleNotFoundError", StringComparison.Ordinal), "skipped: python3-can or python3-canmatrix is not installed");
        Assert.True(process.ExitCode == 0, error);
    }
}
