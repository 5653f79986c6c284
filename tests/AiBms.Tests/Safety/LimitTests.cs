using AiBms.Safety.Envelopes;
using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;

namespace AiBms.Tests.Safety;

public class LimitTests
{
    [Fact]
    public void ATripTakesItsDebounceTimeAndNotMore()
    {
        // 200 ms at 20 ms steps: the tenth sample past the limit trips.
        var rig = Closed();
        rig.CellV[3] = 4.26f;
        for (int i = 0; i < 9; i++) rig.Step();
        Assert.Equal(LimitLevel.None, rig.Memory.Level(LimitKind.CellVoltageHigh));
        rig.Step();
        Assert.Equal(LimitLevel.Safety, rig.Memory.Level(LimitKind.CellVoltageHigh));
    }

    [Fact]
    public void AValueThatFlickersAroundALimitStillTrips()
    {
        var rig = Closed();
        for (int i = 0; i < 60; i++)
        {
            rig.CellV[3] = i % 2 == 0 ? 4.26f : 4.245f;
            rig.Step();
        }

        Assert.Equal(ProtectionState.LatchedFault, rig.Output.State);
    }

    [Fact]
    public void ARareGlitchPastALimitNeverTrips()
    {
        var rig = Closed();
        for (int i = 0; i < 5000; i++)
        {
            rig.CellV[3] = i % 5 == 0 ? 4.26f : 4.15f;
            rig.Step();
        }

        Assert.True(rig.Output.Contactors.Plus);
    }

    [Theory]
    [InlineData(4.20f, 150)]
    [InlineData(4.2075f, 112.5)]
    [InlineData(4.215f, 75)]
    [InlineData(4.2225f, 37.5)]
    [InlineData(4.235f, 0)]
    public void TheTaperIsAStraightLineFromOperatingToRecommended(float cellV, double allowedA)
    {
        var rig = Closed();
        rig.CellV[3] = cellV;
        for (int i = 0; i < 50; i++) rig.Step();
        Assert.Equal(allowedA, rig.Output.ChargeLimitA, 0.05);
    }

    [Fact]
    public void SinceStaysWhileTheSameLimitBindsAndRestartsWhenAnotherDoes()
    {
        var rig = Closed();
        rig.CellV[3] = 4.215f;
        rig.Step();
        var first = rig.Output.ChargeBinding;
        Assert.Equal((LimitName.CellVoltageHigh, 3), (first.Name, first.Where));
        Assert.Equal(4.2f, first.Threshold);
        for (int i = 0; i < 100; i++) rig.Step();
        Assert.Equal(first.SinceMs, rig.Output.ChargeBinding.SinceMs);
        rig.Crash = true;
        rig.Step();
        Assert.Equal((LimitName.Fault, FaultCode.CrashDetected, rig.ClockMs), (rig.Output.ChargeBinding.Name, rig.Output.ChargeBinding.Fault, rig.Output.ChargeBinding.SinceMs));
    }

    [Fact]
    public void WhatWasCutComesBackByAQuarterOfTheTablePerSecond()
    {
        var rig = Closed();
        rig.CellV[3] = 4.24f;
        for (int i = 0; i < 50; i++) rig.Step();
        Assert.Equal(0, rig.Output.ChargeLimitA);
        rig.CellV[3] = 4.15f;
        while (rig.Output.ChargeLimitA == 0) rig.Step();
        float before = rig.Output.ChargeLimitA;
        for (int i = 0; i < 50; i++) rig.Step();
        Assert.Equal(37.5, rig.Output.ChargeLimitA - before, 0.01);
    }

    [Fact]
    public void NothingRecoversByStepsInWhichTheClockStands()
    {
        var rig = Closed();
        rig.CellV[3] = 4.24f;
        for (int i = 0; i < 50; i++) rig.Step();
        rig.CellV[3] = 4.15f;
        // The release takes 2 s of the clock; here it advances by 20 ms in every sixteenth step.
        for (int i = 0; i < 160; i++)
        {
            rig.Frozen = i % 16 != 0;
            rig.Step();
        }

        Assert.Equal(LimitLevel.Recommended, rig.Memory.Level(LimitKind.CellVoltageHigh));
        Assert.True(rig.Output.Contactors.Plus);
    }

    [Fact]
    public void ATripThatEndsAtOnceStillNeedsANewRequest()
    {
        var limits = TestPacks.Module12;
        LimitBand[] bands = [.. limits.Bands];
        bands[(int)LimitKind.DischargeCurrentHigh] = bands[(int)LimitKind.DischargeCurrentHigh] with { ReleaseMs = 0 };
        var rig = new SafetyRig(limits with { Bands = bands, Contactors = limits.Contactors with { StaggerMs = 500 } }, 3.7f) { Close = true };
        for (int i = 0; i < 500; i++) rig.Step();
        (rig.Obeys, rig.LoadA) = (false, -390);
        while (rig.Output.State != ProtectionState.Open) rig.Step();
        rig.LoadA = 0;
        for (int i = 0; i < 1000; i++) rig.Step();
        Assert.False(rig.Memory.Fault(FaultCode.DischargeCurrentHighSafety).Present);
        Assert.Equal((ProtectionState.Open, false), (rig.Output.State, rig.Output.Contactors.Plus));
    }

    [Fact]
    public void ATableIsReadByStraightLinesAndHeldBeyondItsEnds()
    {
        var table = new CurrentTable([0, 10, 30], [5, 25, 45]);
        Assert.Equal([5f, 5, 15, 25, 35, 45, 45, 0], [table.At(-40), table.At(0), table.At(5), table.At(10), table.At(20), table.At(30), table.At(90), table.At(float.NaN)]);
    }

    [Fact]
    public void LimitsThatContradictThemselvesAreRefused()
    {
        var good = TestPacks.Module12;
        good.Validate();
        LimitBand[] bands = [.. good.Bands];
        bands[0] = bands[0] with { Safety = 4.1f };
        Refused(good with { Bands = bands }, "CellVoltageHigh");
        Refused(good with { Bands = good.Bands[..3] }, "bands");
        Refused(good with { ProbesNeeded = 0 }, "probe");
        Refused(good with { ChargeTable = new([0, 0], [1, 1]) }, "charge table");
        Refused(good with { DischargeTable = new([0], [float.NaN]) }, "discharge table");
        Refused(good with { Contactors = good.Contactors with { BreakCurrentA = float.NaN } }, "break current");
        Refused(good with { DeepDischarge = good.DeepDischarge with { RecoveredV = 1 } }, "deep-discharge");
        Refused(good with { MaxStepMs = 10 }, "longest step");
    }

    static void Refused(SafetyLimits limits, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(limits.Validate).Message, StringComparison.Ordinal);

    /// <summary>A closed 12s pack, full of charge current, cells at 4.15 V.</summary>
    static SafetyRig Closed()
    {
        var rig = new SafetyRig(TestPacks.Module12, 4.15f) { Close = true };
        for (int i = 0; i < 500; i++) rig.Step();
        Assert.Equal(ProtectionState.Closed, rig.Output.State);
        return rig;
    }
}
