using AiBms.Agent.Chain;
using AiBms.Agent.Ports;
using AiBms.Agent.Replay;
using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Battery.Packs;
using AiBms.Safety.Faults;
using AiBms.Safety.Protection;
using AiBms.Tests.Agent.Replay;
using AiBms.Tests.House;

namespace AiBms.Tests.Agent.Chain;

public class PackChainTests
{
    static readonly ChainRequest s_on = new(true, new(false, 1, CoolingSetpoints.Of(CoolingMode.Balanced)));

    [Fact]
    public void AStartClosesWithinTwoSecondsAndTheCommandIsNeverBeyondTheEnvelope()
    {
        var (chain, port) = Chain();
        double askedS = double.NaN, closedS = double.NaN;
        while (chain.Step(s_on with { IsOn = !port.IsOff }) && port.Row < 2000)
        {
            if (!port.IsOff && double.IsNaN(askedS)) askedS = chain.Reading.TimeS;
            if (chain.Safety.State == ProtectionState.Closed && double.IsNaN(closedS)) closedS = chain.Reading.TimeS;
            Assert.InRange(chain.Command.ChargeLimitA, 0, chain.Safety.ChargeLimitA);
            Assert.InRange(chain.Command.DischargeLimitA, 0, chain.Safety.DischargeLimitA);
            Assert.Equal(chain.Safety.Contactors.Plus, chain.Command.PlusClosed);
        }

        Assert.InRange(closedS - askedS, 0, 2);
    }

    [Fact]
    public void WhatIsNotBelievedIsNotEstimatedFromAndComesBack()
    {
        var (chain, port) = Chain(cells =>
        {
            for (int k = 500; k < 520; k++) cells[5][k] = 66.5;
        });
        double before = double.NaN;
        while (chain.Step(s_on with { IsOn = !port.IsOff }) && port.Row < 600)
        {
            if (port.Row == 499) before = chain.State.CellSoc[5] - chain.State.CellSoc[12];
            if (port.Row == 510) Assert.NotEqual(SignalQuality.Good, chain.Reading.CellQualities[5]);
            if (port.Row == 520) Assert.Equal(before, chain.State.CellSoc[5] - chain.State.CellSoc[12], 0.003);
        }

        Assert.False(double.IsNaN(before));
    }

    [Fact]
    public void EventsSayWhatBeganAndWhatEnded()
    {
        var (chain, port) = Chain(cells =>
        {
            for (int k = 500; k < 600; k++) cells[5][k] = double.NaN;
        });
        List<PackEvent> events = [];
        while (chain.Step(s_on with { IsOn = !port.IsOff }) && port.Row < 700)
            while (chain.Events.TryTake(out var taken)) events.Add(taken);
        var lost = events.Where(e => e.Code == FaultCode.CellVoltageLost).ToList();
        Assert.Equal([true, false], lost.Select(e => e.Begins));
        Assert.True(lost[0] is { Where: 5, IsTap: true } && lost[0].Sentence.Contains("Cell 6", StringComparison.Ordinal) && lost[0].Advice.Length > 0);
        Assert.Equal(0, chain.Events.LostCount);
    }

    /// <summary>The start that a record is shown with has the voltages of a driving car and no current: the protection closes on it, nothing is learnt from it.</summary>
    [Fact]
    public void AMadeUpStartIsNotEstimatedFrom()
    {
        var (chain, port) = Chain();
        do
        {
            Assert.True(double.IsNaN(chain.State.TimeS));
            chain.Step(s_on with { IsOn = !port.IsOff });
        }
        while (port.IsLead);
        Assert.Equal((true, chain.Reading.TimeS), (chain.Safety.Contactors.Plus, chain.State.TimeS));
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        var (chain, port) = Chain();
        for (int k = 0; k < 300; k++) chain.Step(s_on with { IsOn = !port.IsOff });
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 300; k++) chain.Step(s_on);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    static (PackChain Chain, RecordedPack Port) Chain(Action<double[][]>? spoil = null)
    {
        var record = MadeRecord.Of(MadeRecord.None, MadeRecord.None, MadeRecord.None, MadeRecord.None, spoil);
        var pack = ReplayPack.Unknown(record, new CellCatalogue(Repo.At("cells")), "nmc_60ah");
        var port = new RecordedPack(record, pack.Layout);
        return (new(port, pack.Cell, pack.Limits), port);
    }
}
