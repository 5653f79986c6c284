using AiBms.Agent.Live;
using AiBms.Agent.Ports;
using AiBms.Agent.Replay;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Packs;
using AiBms.Telemetry.Frames;
using AiBms.Tests.Agent.Replay;
using AiBms.Tests.House;

namespace AiBms.Tests.Agent.Live;

/// <summary>What a live pack keeps and tells: over a restart, around an event, through a sleep, and in how many bytes.</summary>
public class LivePackTests
{
    /// <summary>Estimates go on with the first reading after a restart: the same SOC, as sure of it, and what was learnt of each cell is still known.</summary>
    [Fact]
    public void EstimatesGoOnAfterARestart()
    {
        using LiveRig rig = new("ev_96s2p_immersion", 0.5, LiveRig.Blank with { CheckpointS = 1 });
        rig.RunS(900);
        var before = rig.Pack.Chain.State;
        double[] cells = [.. before.CellSoc], resistances = [.. before.ResistanceRatio];
        (double soc, double deviation) = (before.MeanSoc.Soc, before.MeanSoc.SocDeviation);
        double[] lifetime = Lifetime(rig);
        rig.Restart();
        rig.RunS(2);
        var after = rig.Pack.Chain.State;
        Assert.Equal(SocValidity.Valid, after.MeanSoc.Validity);
        Assert.Equal(soc, after.MeanSoc.Soc, 0.002);
        // A pack that is found anew is as unsure as its start: many times this.
        Assert.InRange(after.MeanSoc.SocDeviation, 0.5 * deviation, 1.1 * deviation + 1e-3);
        for (int i = 0; i < cells.Length; i++)
        {
            Assert.Equal(cells[i], after.CellSoc[i], 0.002);
            Assert.Equal(resistances[i], after.ResistanceRatio[i], 0.01);
        }

        double[] counted = Lifetime(rig);
        Assert.Equal(lifetime[0] + 1, counted[0]);
        for (int k = 1; k < lifetime.Length; k++) Assert.True(counted[k] >= lifetime[k] - 0.01, $"counter {k} went back from {lifetime[k]} to {counted[k]}");
    }

    /// <summary>Used for an hour that nobody saw: what was known is no reason to hold on to it. Without the hour it is, and the estimate is slow to leave.</summary>
    [Theory]
    [InlineData(3600, 0.35, 0.45)]
    [InlineData(1, 0.46, 0.62)]
    public void AnUnseenHourIsAGap(double laterS, double low, double high)
    {
        using LiveRig rig = new("module_12s_coldplate", 0.5, LiveRig.Blank with { CheckpointS = 1 });
        rig.RunS(600);
        rig.RestartLater(laterS, soc: 0.4);
        rig.RunS(30);
        Assert.InRange(rig.Pack.Chain.State.MeanSoc.Soc, low, high);
    }

    /// <summary>Killed while its charge is searched for anew, a pack still knows what it had learnt of its cells.</summary>
    [Fact]
    public void AKillWithinASearchAnewLosesNothingLearnt()
    {
        using LiveRig rig = new("ev_96s2p_immersion", 0.5, LiveRig.Blank with { CheckpointS = 1 });
        rig.RunS(900);
        double[] learnt = Own(rig);
        Assert.True(learnt.Max() - learnt.Min() > 0.02, "nothing was learnt");
        rig.RestartLater(3600, soc: 0.4);
        rig.RunS(30);
        Assert.Null(rig.Pack.Chain.Estimator.Save(rig.Pack.Chain.State));
        rig.Restart();
        rig.RunS(2);
        double[] after = Own(rig);
        for (int i = 0; i < learnt.Length; i++) Assert.Equal(learnt[i], after[i], 0.005);
    }

    /// <summary>A record that is over says so with its last frame, and with no other.</summary>
    [Fact]
    public void TheEndOfARecordIsTold()
    {
        using LiveRig rig = new("module_12s_coldplate", 0.5);
        var record = MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.None, MadeRecord.None);
        var taken = ReplayPack.Unknown(record, new CellCatalogue(Repo.At("cells")), null);
        LivePack played = new(LiveRig.Blank with { PackId = "played", Cell = taken.Cell, Limits = taken.Limits, StartMs = 1_700_000_000_000 }, new RecordedPack(record, taken.Layout), rig.Journal);
        while (played.Step()) continue;
        // Closing writes what is queued.
        rig.Restart();
        var frames = rig.Journal.Waiting("played", 0, int.MaxValue).Where(r => r.Kind == RecordKind.Frame).Select(r => PackFrame.Of(r.Body)).ToList();
        Assert.All(frames[..^1], f => Assert.False(f.Flags.HasFlag(PackFlags.Ended)));
        Assert.True(frames[^1].Flags.HasFlag(PackFlags.Ended));
    }

    /// <summary>Resistance of each cell over that of the middle of the pack.</summary>
    static double[] Own(LiveRig rig) => [.. rig.Pack.Chain.State.ResistanceRatio.Select(r => r / rig.Pack.Chain.State.ResistanceRatio.Average())];

    /// <summary>What was written for another pack, or is cut off, is not taken for this one's.</summary>
    [Fact]
    public void ADamagedCheckpointIsAnUnknownStart()
    {
        using LiveRig rig = new("module_12s_coldplate", 0.5);
        rig.RunS(600);
        byte[] saved = rig.Pack.Chain.Estimator.Save(rig.Pack.Chain.State)!;
        foreach (byte[] wrong in (byte[][])[[], saved[..^8], [.. saved, .. new byte[8]], [.. saved.Reverse()]])
            Assert.False(rig.Pack.Chain.Estimator.Resume(wrong, 0, rig.Pack.Chain.State), $"{wrong.Length} bytes were taken");
        Assert.True(rig.Pack.Chain.Estimator.Resume(saved, 0, rig.Pack.Chain.State));
    }

    /// <summary>Every step from a minute before an event to a minute after it is in the journal, each once.</summary>
    [Fact]
    public void TheRecorderHoldsAMinuteBeforeAndAfter()
    {
        using LiveRig rig = new("module_12s_coldplate", 0.5);
        rig.RunS(300);
        Assert.DoesNotContain(Records(rig), r => r.Kind == RecordKind.Window);
        rig.Pack.Order(new() { Fault = "isolation-loss=1000" });
        rig.RunS(300);
        var all = Records(rig);
        var first = all.Find(r => r.Kind == RecordKind.Fault && FaultEvent.Of(r.Body).Begins)!;
        Assert.NotNull(first);
        double[] windowS = [.. all.Where(r => r.Kind == RecordKind.Window).Select(r => 1e-3 * (r.TimeMs - first.TimeMs))];
        double[] steps = [.. windowS.Zip(windowS.Skip(1), (a, b) => b - a)];
        Assert.Equal(-60, windowS[0], 0.5);
        Assert.True(windowS[^1] >= 59.5, $"it ends {windowS[^1]} s after the event");
        Assert.All(steps.Take(200), s => Assert.InRange(s, 0.05, 0.55));
    }

    /// <summary>96 cells in at most 250 bytes, while driving, charging and bleeding.</summary>
    [Fact]
    public void AFrameOf96CellsHasAtMost250Bytes()
    {
        using LiveRig rig = new("ev_96s2p_immersion", 1);
        rig.RunS(3600);
        int[] lengths = [.. Records(rig).Where(r => r.Kind == RecordKind.Frame).Select(r => r.Body.Length).Order()];
        Assert.True(lengths.Length > 3000, "hardly any frames");
        Assert.InRange(lengths[^1], 100, 250);
    }

    /// <summary>A tap that bleeds reads 34 mV less over its wire: what is shown is the cell, not that.</summary>
    [Fact]
    public void ABleedingCellIsShownAsTheLastPauseSawIt()
    {
        using LiveRig rig = new("module_12s_coldplate", 1);
        int seen = 0;
        while (rig.Port.TimeS < 40_000 && seen < 50)
        {
            rig.RunS(0.01);
            var reading = rig.Pack.Chain.Reading;
            double[] shownV = rig.Pack.Chain.Control.SeenCellV.ToArray(), ownV = reading.CellVoltageV;
            for (int i = 0; i < ownV.Length; i++)
            {
                if (!reading.BleedOn[i] || Math.Abs(reading[PackSignal.CurrentA]) > 0.5) continue;
                seen++;
                Assert.InRange(shownV[i] - ownV[i], 0.025, 0.045);
            }
        }

        Assert.True(seen >= 50, $"bled {seen} times");
        var frames = Records(rig).Where(r => r.Kind == RecordKind.Frame).Select(r => PackFrame.Of(r.Body)).Where(f => f.Bleeding.Length > 0 && Math.Abs(f.CurrentA) < 0.5).ToList();
        Assert.NotEmpty(frames);
        foreach (var frame in frames) Assert.True(frame.CellVoltageV.Max() - frame.CellVoltageV.Min() < 0.03, string.Join(' ', frame.CellVoltageV));
    }

    static double[] Lifetime(LiveRig rig)
    {
        rig.RunS(11);
        return PackEstimates.Of(Records(rig).FindLast(r => r.Kind == RecordKind.Estimates)!.Body).LifetimeValues;
    }

    static List<AiBms.Telemetry.Frames.Record> Records(LiveRig rig)
    {
        long last = rig.Journal.Append("car-1", RecordKind.Gap, 0, new GapNote().ToBytes());
        while (rig.Journal.Status("car-1").LastSeq < last) Thread.Sleep(1);
        return [.. rig.Journal.Waiting("car-1", 0, int.MaxValue).Where(r => r.Kind != RecordKind.Gap)];
    }
}
