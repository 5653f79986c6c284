using AiBms.Agent.Chain;
using AiBms.Battery.Simulation.Twin;
using AiBms.Safety.Faults;
using TwinFaultText = AiBms.Battery.Simulation.Twin.Faults.FaultText;

namespace AiBms.Tests.Agent.Chain;

public class PackEventTests
{
    /// <summary>What has just begun has lasted for no time, and its sentence does not say "for 0.0 s".</summary>
    [Fact]
    public void WhatHasOnlyBegunSaysNothingOfHowLong()
    {
        foreach (var code in Enumerable.Range(0, FaultCatalogue.Count).Select(i => (FaultCode)i))
        {
            var begins = new PackEvent(600, true, code, 3, 1.5f, 1, 600, false);
            Assert.DoesNotContain("0.0 s", begins.Sentence);
            Assert.DoesNotContain("{", begins.Sentence);
            Assert.DoesNotContain(" ,", begins.Sentence);
            Assert.EndsWith(".", begins.Sentence);
            bool says = FaultCatalogue.Row(code).Text.Contains("{duration}", StringComparison.Ordinal);
            Assert.Equal(says, (begins with { TimeS = 612.5 }).Sentence.Contains("12.5 s", StringComparison.Ordinal));
        }
    }

    /// <summary>Long times are told in units that people read.</summary>
    [Theory]
    [InlineData(612.5 - 600, "12.5 s")]
    [InlineData(900, "15 min")]
    [InlineData(9000, "2.5 h")]
    [InlineData(7_307_741, "84.6 days")]
    public void DurationsAreRead(double s, string says)
    {
        var code = Enumerable.Range(0, FaultCatalogue.Count).Select(i => (FaultCode)i).First(code => FaultCatalogue.Row(code).Text.Contains("{duration} s", StringComparison.Ordinal));
        Assert.Contains(says, new PackEvent(s, true, code, 3, 1.5f, 1, 0, false).Sentence, StringComparison.Ordinal);
    }

    /// <summary>Cells are counted from 1, tries as they were made: the first that fails is try 1.</summary>
    [Fact]
    public void TriesAreNotCountedAsCellsAre()
    {
        Assert.StartsWith("Precharge try 1 ", new PackEvent(1, true, FaultCode.PrechargeTimeout, 1, 300, 20, 1, false).Sentence);
        Assert.StartsWith("Cell 4 ", new PackEvent(1, true, FaultCode.CellVoltageLowSafety, 3, 2.4f, 2.5f, 1, false).Sentence);
    }

    /// <summary>A contactor that only its auxiliary contact shows welded leaves the link at nothing: the sentence expects no voltage there.</summary>
    [Fact]
    public void AWeldSeenByItsAuxiliaryContactIsNoContradiction()
    {
        string text = new PackEvent(1, true, FaultCode.PlusContactorWelded, -1, 0, 399.992f, 1, false).Sentence;
        Assert.DoesNotContain("expected", text);
        Assert.Contains("the link is at 0 V; live from 399.992 V on", text);
    }

    /// <summary>A cell that was too low and whose tap is then lost ends with what it showed itself, not with what the next lowest cell shows.</summary>
    [Fact]
    public void AnAlarmEndsWithItsOwnCellsValue()
    {
        const int Tap = 4;
        var rig = new LoopRig("module_12s_coldplate", 1);
        rig.Start(25);
        while (rig.Chain.Events.TryTake(out _)) continue;
        rig.Loop.Twin.Inject(TwinFaultText.Parse("sensor-offset:V5=-1.3", rig.Loop.Twin.Layout));
        for (int k = 0; k < 20; k++) rig.Step(TwinLoad.Rest(25));
        rig.Loop.Twin.Inject(TwinFaultText.Parse("sensor-dropout:V5", rig.Loop.Twin.Layout));
        for (int k = 0; k < 60; k++) rig.Step(TwinLoad.Rest(25));
        List<PackEvent> all = [];
        while (rig.Chain.Events.TryTake(out var e)) all.Add(e);
        var ends = Assert.Single(all, e => e is { Begins: false, Code: FaultCode.CellVoltageLowRecommended });
        Assert.Equal(Tap, ends.Where);
        Assert.True(ends.Value < ends.Threshold, ends.Sentence);
    }

    /// <summary>While the pump is off any flow will do: no number with forty digits.</summary>
    [Fact]
    public void AValueBeyondAllIsNoNumber()
    {
        var ends = new PackEvent(700, false, FaultCode.CoolantFlowLowOperating, -1, float.MaxValue, 2, 600, false);
        Assert.Contains("at any L/min", ends.Sentence);
    }
}
