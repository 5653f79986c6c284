using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Server.Fleet;
using AiBms.Server.Keepers;
using AiBms.Storage.Sqlite;
using AiBms.Telemetry.Frames;
using AiBms.Tests.House;
using Record = AiBms.Telemetry.Frames.Record;

namespace AiBms.Tests.Server;

/// <summary>The server's own estimator: finds the charge from frames alone, goes on after a restart as if nothing had been, and takes each record once.</summary>
public sealed class PackKeeperTests
{
    const long StartMs = 1_790_000_000_000;
    const double StartSoc = 0.7;

    static readonly PackLayout s_layout = PackFile.Parse(File.ReadAllBytes(Repo.At("packs/module_12s_coldplate.json")), "module_12s_coldplate.json");
    static readonly CellType s_cell = new CellCatalogue(Repo.At("cells")).Find(s_layout.Cell);
    static readonly (Record[] Records, double[] Soc) s_day = Day(1800);

    [Fact]
    public void FindsTheChargeFromFramesAlone()
    {
        PackKeeper keeper = new(new());
        keeper.Take(1, s_day.Records);
        var now = keeper.Now()!;
        Assert.Equal(("", "Valid"), (keeper.Why, now.Validity));
        // The same circuit makes the voltages: what is left is what a frame rounds off (1 mV, 10 mA).
        Assert.Equal(s_day.Soc[^1], now.Soc, 0.02);
        Assert.Equal((s_day.Records[^1].Seq, s_day.Records.Length - 1L), (now.Seq, now.FrameCount));
    }

    [Fact]
    public void GoesOnWhereItWasSaved()
    {
        PackKeeper whole = new(new()), first = new(new()), second = new(new());
        int half = s_day.Records.Length / 2;
        whole.Take(1, s_day.Records);
        first.Take(1, s_day.Records[..half]);
        Assert.True(second.Resume(first.Save(0)!));
        // A batch that comes again is passed over, in part and as a whole.
        second.Take(1, s_day.Records[(half - 50)..]);
        second.Take(1, s_day.Records[^100..]);
        var (expected, now) = (whole.Now()!, second.Now()!);
        Assert.Equal((expected.Seq, expected.FrameCount, expected.TimeMs), (now.Seq, now.FrameCount, now.TimeMs));
        Assert.Equal(expected.Soc, now.Soc, 1e-3);
        Assert.Equal(expected.SocDeviation, now.SocDeviation, 1e-3);
    }

    [Fact]
    public void AClockThatIsPutBackIsNoEnd()
    {
        PackKeeper keeper = new(new());
        keeper.Take(1, [.. s_day.Records.Select(r => r.Seq < 900 ? r : r with { TimeMs = r.TimeMs - 3_600_000 })]);
        Assert.Equal(s_day.Soc[^1], keeper.Now()!.Soc, 0.02);
    }

    [Fact]
    public void SaysWhyThereIsNothing()
    {
        PackKeeper keeper = new(new());
        keeper.Take(1, s_day.Records[1..]);
        Assert.Null(keeper.Now());
        Assert.Contains("card", keeper.Why, StringComparison.Ordinal);
        keeper.Know(new PackCard { Layout = "of nobody", Cell = s_cell.Id, SeriesCount = 12 }.ToBytes());
        Assert.Null(keeper.Now());
        Assert.Contains("of nobody", keeper.Why, StringComparison.Ordinal);
        keeper.Know(new PackCard { Layout = s_layout.Id, Cell = s_cell.Id, SeriesCount = 13 }.ToBytes());
        Assert.Contains("13 cells", keeper.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeReadIsAsIfNothingHadBeenKept()
    {
        PackKeeper whole = new(new());
        whole.Take(1, s_day.Records);
        byte[] body = whole.Save(0)!.Body;
        foreach (byte[] broken in (byte[][])[[], [1, 2, 3], body[..^9], [.. body[..16], 255, 255, 255, 127, .. body[20..]]])
        {
            PackKeeper keeper = new(new());
            Assert.False(keeper.Resume(new(1, 5, StartMs, broken)));
            keeper.Take(1, s_day.Records);
            Assert.Equal(s_day.Records.Length - 1L, keeper.Now()!.FrameCount);
        }
    }

    /// <summary>A newer program that cannot read what an older one kept has the frames of the last hour all the same, and not those since alone.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatAnotherProgramKeptTakesNoFramesAway(bool isReadable)
    {
        string folder = Directory.CreateTempSubdirectory("aibms-keeper-").FullName;
        try
        {
            using SqliteStore store = new(Path.Combine(folder, "store.db"));
            store.Write([new("car-1", 1, s_day.Records)]);
            PackKeeper first = new(new());
            first.Take(1, s_day.Records[..1500]);
            var kept = first.Save(0)!;
            store.KeepEstimator("car-1", isReadable ? kept : kept with { Body = kept.Body[..^9] });
            var now = KeeperStart.Open("car-1", store, new LiveFleet(store, new SteppedClock()), new()).Now()!;
            Assert.Equal((s_day.Records[^1].Seq, s_day.Records.Length - 1L), (now.Seq, now.FrameCount));
            Assert.Equal(s_day.Soc[^1], now.Soc, 0.02);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static (Record[], double[]) Day(int seconds)
    {
        TheveninModel model = new(s_cell);
        double[] state = new double[model.StateCount], soc = new double[seconds];
        model.Rest(state, StartSoc);
        var records = new Record[seconds + 1];
        records[0] = new(1, 1, RecordKind.Card, StartMs, new PackCard { Layout = s_layout.Id, Cell = s_cell.Id, SeriesCount = s_layout.SeriesCount, Probes = [.. s_layout.Probes.Select(p => p.Id)] }.ToBytes());
        for (int k = 0; k < seconds; k++)
        {
            // Rests, pulses and a mean that discharges.
            double currentA = k % 120 < 20 ? 0 : -25 + 35 * Math.Sin(0.07 * k), cellV;
            model.Step(state, currentA, 24, 1);
            (soc[k], cellV) = (state[0], model.VoltageV(state, currentA, 24));
            PackFrame frame = new() { CurrentA = currentA, VoltageV = 12 * cellV, AmbientDegC = 24, CellVoltageV = [.. Enumerable.Repeat(cellV, 12)], ProbeDegC = [.. s_layout.Probes.Select(_ => 24.0)] };
            records[k + 1] = new(k + 2, k + 2, RecordKind.Frame, StartMs + 1000 * (k + 1), frame.ToBytes());
        }

        return (records, soc);
    }
}
