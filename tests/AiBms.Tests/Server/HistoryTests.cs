using AiBms.Server.Api;
using AiBms.Storage.Sqlite;
using AiBms.Telemetry.Frames;
using CsCheck;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Tests.Server;

/// <summary>A history is thinned out, and no extreme is lost by it.</summary>
public sealed class HistoryTests : IDisposable
{
    const long MinuteMs = 60_000;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aibms-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void ThinningKeepsTheLeastAndTheGreatestOfEveryPiece() =>
        Gen.Select(Gen.Double[-1e3, 1e3].List[1, 400], Gen.Int[2, 100]).Sample((values, points) =>
        {
            var kept = History.Thin([.. Enumerable.Range(0, values.Count).Select(k => (long)k)], values, points);
            Assert.True(kept.Count <= points + 1);
            Assert.Equal(values.Min(), kept.Min(p => p[1]));
            Assert.Equal(values.Max(), kept.Max(p => p[1]));
            Assert.All(kept, p => Assert.Equal(values[(int)p[0]], p[1]));
            Assert.Equal(kept.Select(p => p[0]).Order(), kept.Select(p => p[0]));
        });

    [Fact]
    public void WhatIsNotKnownIsLeftOut() => Assert.Equal([[1.0, 5.0]], History.Thin([0, 1, 2], [double.NaN, 5, double.NaN], 10));

    /// <summary>Where the agent kept full rate around an event, each moment is one row, and nothing reads as minus zero.</summary>
    [Fact]
    public void ARawWindowHasEachMomentOnce()
    {
        using SqliteStore store = new(Path.Combine(_folder.FullName, "store.db"));
        byte[] body = new PackFrame { CurrentA = -0.00001, Soc = 0.5 }.ToBytes();
        store.Write([new("car", 1, [.. Enumerable.Range(0, 3).Select(k => new Record(k + 1, k + 1, RecordKind.Frame, 1000L * k, body)), .. Enumerable.Range(0, 5).Select(k => new Record(k + 4, k + 4, RecordKind.Window, 500L * k, body))])]);
        string[] rows = RawWindow.Csv(store, new("car"), 1000, 10).TrimEnd().Split('\n')[1..];
        Assert.Equal(5, rows.Length);
        Assert.Equal(5, rows.Select(r => r.Split(',')[0]).Distinct().Count());
        Assert.All(rows, r => Assert.DoesNotContain(",-0,", r, StringComparison.Ordinal));
    }

    /// <summary>A day and a half at one frame in ten seconds: the spike is there, whether from minutes or from rows.</summary>
    [Fact]
    public void ALongHistoryFromMinutesHasTheSpikesOfItsRows()
    {
        using SqliteStore store = new(Path.Combine(_folder.FullName, "store.db"));
        Record[] frames = [.. Enumerable.Range(1, 12_960).Select(k => new Record(k, k, RecordKind.Frame, 10_000L * k, new PackFrame { CurrentA = k == 7_000 ? -333 : k % 5, Soc = 0.5, SocDeviation = 0.01 }.ToBytes()))];
        foreach (var part in frames.Chunk(4000)) store.Write([new("car", 1, part)]);
        long endMs = frames[^1].TimeMs + 1;
        // The last hour is not in the minutes yet.
        store.KeepMinutes([new("car", HistoryMinutes.Of(store.Frames("car", 0, endMs - 60 * MinuteMs - endMs % MinuteMs, int.MaxValue)))]);
        var series = History.Of(store, "car", 0, endMs, 500, ["currentA", "soc"]);
        Assert.Equal(-333, series["currentA"].Min(p => p[1]));
        Assert.Equal(10_000.0 * 7_000, series["currentA"].MinBy(p => p[1])![0], MinuteMs);
        Assert.Equal(4, series["currentA"].Max(p => p[1]));
        Assert.True(series["currentA"][^1][0] > endMs - 10 * MinuteMs);
        Assert.InRange(series["currentA"].Count, 100, 501);
    }

    /// <summary>From a definition, not from the code: signal k has its least and greatest at 2k and 2k + 1.</summary>
    [Fact]
    public void AMinuteHasTheLeastAndTheGreatestOfItsFrames()
    {
        Record[] frames = [.. ((double[])[3, -1, 7]).Select((a, k) => new Record(k + 1, k + 1, RecordKind.Frame, MinuteMs + 1000 * k, new PackFrame { CurrentA = a }.ToBytes()))];
        var minute = Assert.Single(HistoryMinutes.Of(frames));
        Assert.Equal(MinuteMs, minute.TimeMs);
        Assert.Equal((-1, 7), HistoryMinutes.Read(minute, History.Signals.Keys.ToList().IndexOf("currentA")));
        Assert.True(double.IsNaN(HistoryMinutes.Read(minute, History.Signals.Keys.ToList().IndexOf("inletDegC")).Least));
        Assert.True(double.IsNaN(HistoryMinutes.Read(minute, History.Signals.Count).Least));
    }
}
