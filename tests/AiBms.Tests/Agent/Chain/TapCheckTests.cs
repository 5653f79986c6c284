using AiBms.Agent.Chain;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;
using AiBms.Safety.Faults;
using AiBms.Tests.House;
using CsCheck;
using TwinFaultText = AiBms.Battery.Simulation.Twin.Faults.FaultText;

namespace AiBms.Tests.Agent.Chain;

public class TapCheckTests
{
    static readonly PackLayout s_pack = new PackCatalogue(Repo.At("packs")).Find("stationary_16s1p_lfp");

    [Fact]
    public void ABrokenWireCastsSuspicionOnWhatSharesIt()
    {
        // Wire between cells 5 and 6 broken: one shows too much, the other too little, and the meter of cell 6 is at its end. Cell 7 is sound.
        var taps = new TapCheck(16, 1.5, 3.75);
        var reading = Reading(3.3);
        (reading.CellVoltageV[5], reading.CellVoltageV[6], reading.CellVoltageV[7]) = (3.62, 0.2, 3.3);
        taps.Check(reading);
        Assert.Equal([5, 6], Suspects(taps));
        Assert.True(taps.IsImpossible(6) && !taps.IsImpossible(5));
    }

    [Fact]
    public void SuspicionGoesOnAsLongAsCellsAreOutOfLine()
    {
        var taps = new TapCheck(16, 1.5, 3.75);
        var reading = Reading(3.3);
        (reading.CellQualities[8], reading.CellVoltageV[9], reading.CellVoltageV[10], reading.CellVoltageV[11]) = (SignalQuality.Missing, 3.4, 3.1, 3.31);
        taps.Check(reading);
        Assert.Equal([8, 9, 10], Suspects(taps));
    }

    [Fact]
    public void AWeakCellAloneIsNeverSuspected() => Gen.Double[1.6, 3.7].Array[16].Sample(volts =>
    {
        var taps = new TapCheck(16, 1.5, 3.75);
        var reading = Reading(3.3);
        volts.CopyTo(reading.CellVoltageV, 0);
        taps.Check(reading);
        Assert.Empty(Suspects(taps));
    }, iter: 200);

    /// <summary>A tap that reads too much widens the spread, too: neither fault may name a cell that is sound.</summary>
    [Fact]
    public void ATapThatReadsTooMuchAccusesNoOtherCell()
    {
        const int Tap = 47;
        var rig = new LoopRig("ev_96s2p_immersion", 3);
        rig.Start(25);
        while (rig.Chain.Events.TryTake(out _)) continue;
        rig.Loop.Twin.Inject(TwinFaultText.Parse("sensor-offset:V48=0.65", rig.Loop.Twin.Layout));
        for (int k = 0; k < 20; k++) rig.Step(TwinLoad.Rest(25));
        List<PackEvent> begun = [];
        while (rig.Chain.Events.TryTake(out var e)) if (e.Begins) begun.Add(e);
        Assert.Contains(begun, e => e.Code == FaultCode.CellVoltageHighSafety);
        Assert.Contains(begun, e => e.Code == FaultCode.VoltageSpreadRecommended);
        Assert.All(begun.Where(e => FaultCatalogue.Row(e.Code).Place == FaultPlace.Cell), e => Assert.Equal((Tap, true), (e.Where, e.IsTap)));
    }

    static IEnumerable<int> Suspects(TapCheck taps) => Enumerable.Range(0, 16).Where(taps.IsSuspect);

    static PackReading Reading(double cellV)
    {
        var reading = new PackReading(s_pack);
        Array.Fill(reading.CellVoltageV, cellV);
        Array.Fill(reading.CellQualities, SignalQuality.Good);
        return reading;
    }
}
