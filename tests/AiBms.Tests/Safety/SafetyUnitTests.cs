using AiBms.Safety;
using AiBms.Safety.Envelopes;
using AiBms.Safety.Faults;
using AiBms.Safety.Protection;

namespace AiBms.Tests.Safety;

public class SafetyUnitTests
{
    [Fact]
    public void AStepAllocatesNothing()
    {
        var rig = new SafetyRig(TestPacks.Ev96, 3.7f) { Close = true };
        var bleed = new bool[96];
        long before = 0;
        for (int i = 0; i < 2000; i++)
        {
            if (i == 1000) before = GC.GetAllocatedBytesForCurrentThread();
            // Faults come and go within the measured part.
            rig.CellV[5] = i is > 1200 and < 1300 ? 4.24f : 3.7f;
            rig.ProbeDegC[2] = i is > 1400 and < 1500 ? float.NaN : 25;
            rig.Interlock = i < 1700;
            rig.Step();
            SafetyUnit.Restrict(rig.Memory, new(1000, 1000, -50), bleed);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(ProtectionState.Open, rig.Output.State);
    }

    [Fact]
    public void TheLibraryReferencesNothing()
    {
        string[] others = [.. typeof(SafetyUnit).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => !n.StartsWith("System.", StringComparison.Ordinal))];
        Assert.Empty(others);
    }

    [Fact]
    public void TheEnvelopeOnlyRestricts()
    {
        var rig = Closed();
        var bleed = new bool[12];
        Assert.Equal((10, 20, 5f), Command(rig, new(10, 20, 5), bleed));
        Assert.Equal((150, 300, 150f), Command(rig, new(1e9f, float.PositiveInfinity, 1e9f), bleed));
        Assert.Equal((0, 0, 0f), Command(rig, new(-5, float.NaN, -50), bleed));
        Assert.Equal((10, 20, 0f), Command(rig, new(10, 20, float.NaN), bleed));
        Assert.Equal((10, 20, -20f), Command(rig, new(10, 20, float.NegativeInfinity), bleed));
    }

    [Fact]
    public void NobodyWhoHoldsTheLimitsCanWidenThemAfterwards()
    {
        var limits = TestPacks.Module12;
        var rig = new SafetyRig(limits, 3.7f) { Close = true };
        Array.Fill(limits.ChargeTable.CurrentA, 1e6f);
        Array.Fill(limits.DischargeTable.CurrentA, 1e6f);
        Array.Fill(limits.Bands, AiBms.Safety.Limits.LimitBand.Off);
        for (int i = 0; i < 1000; i++) rig.Step();
        Assert.Equal((150f, 300f), (rig.Output.ChargeLimitA, rig.Output.DischargeLimitA));
        Array.Fill(rig.CellV, 4.3f);
        for (int i = 0; i < 100; i++) rig.Step();
        Assert.Equal(ProtectionState.LatchedFault, rig.Output.State);
    }

    [Fact]
    public void ACommandThatBindsIsNamed()
    {
        var rig = Closed();
        var command = SafetyUnit.Restrict(rig.Memory, new(10, 1000, 0), []);
        Assert.Equal((LimitName.Command, LimitName.CurrentTable), (command.ChargeBinding.Name, command.DischargeBinding.Name));
    }

    [Fact]
    public void BleedingIsSwitchedOffWhereItMustNotBe()
    {
        var rig = Closed();
        rig.CellV[2] = 3.31f;
        rig.Step();
        rig.CellV[2] = 3.25f;
        rig.CellV[4] = float.NaN;
        for (int i = 0; i < 60; i++) rig.Step();
        bool[] bleed = Enumerable.Repeat(true, 12).ToArray();
        SafetyUnit.Restrict(rig.Memory, default, bleed);
        Assert.Equal([true, true, false, true, false, true, true, true, true, true, true, true], bleed);

        rig.Board = 95;
        for (int i = 0; i < 100; i++) rig.Step();
        bleed = Enumerable.Repeat(true, 12).ToArray();
        SafetyUnit.Restrict(rig.Memory, default, bleed);
        Assert.DoesNotContain(true, bleed);
    }

    [Fact]
    public void BalancingAllCellsForAnHourNeverLosesSightOfThem()
    {
        var rig = Closed();
        long on = 0;
        for (int i = 0; i < 180_000; i++)
        {
            Array.Fill(rig.Bleed, true);
            SafetyUnit.Restrict(rig.Memory, default, rig.Bleed);
            if (rig.Bleed[0]) on++;
            rig.Step();
            Assert.Equal(ProtectionState.Closed, rig.Output.State);
            Assert.False(rig.Memory.Fault(FaultCode.CellVoltageLost).Active);
        }

        // The resistors still work most of the time.
        Assert.True(on > 0.8 * 180_000, $"{on}");
    }

    [Fact]
    public void ALatchedFaultAndADeepDischargeOutliveALossOfPower()
    {
        var rig = Closed();
        rig.Crash = true;
        rig.Step();
        Array.Fill(rig.CellV, 1.9f);
        for (int i = 0; i < 500; i++) rig.Step();
        Span<bool> saved = stackalloc bool[SafetyMemory.SavedCount];
        rig.Memory.Save(saved);

        var again = new SafetyRig(TestPacks.Module12, 3.7f) { Close = true };
        again.Memory.Restore(saved);
        for (int i = 0; i < 500; i++) again.Step();
        Assert.Equal(ProtectionState.LatchedFault, again.Output.State);
        Assert.True(again.Memory.Fault(FaultCode.CrashDetected).Latched);
        Assert.True(again.Memory.Fault(FaultCode.DeepDischarge).Active);
        Assert.False(again.Output.Contactors.Plus);
    }

    [Fact]
    public void WrongLengthsCountAsMissing()
    {
        var limits = TestPacks.Module12;
        var memory = new SafetyMemory(limits);
        for (int i = 0; i < 100; i++)
            SafetyUnit.Observe(memory, new()
            {
                TimeMs = 100 * i,
                CellVoltageV = [3.7f],
                ProbeTemperatureDegC = [],
                CurrentA = 0,
                PackVoltageV = 44.4f,
                LinkVoltageV = 0,
                CoolantDegC = float.NaN,
                GasPpm = float.NaN,
                PressureKPa = float.NaN,
                BoardTemperatureDegC = float.NaN,
                InterlockClosed = true,
                CloseRequested = true,
            });
        Assert.True(memory.Fault(FaultCode.CellVoltageLostLong).Active && memory.Fault(FaultCode.ProbesLost).Active);
        Assert.False(memory.Output.Contactors.Plus);
    }

    [Fact]
    public void TheSameInputsGiveTheSameBits()
    {
        SafetyOutput first = Run(), second = Run();
        Assert.Equal(first, second);

        static SafetyOutput Run()
        {
            var rig = new SafetyRig(TestPacks.Lfp16, 3.3f) { Close = true, LoadA = -250 };
            var random = new Random(5);
            for (int i = 0; i < 5000; i++)
            {
                for (int c = 0; c < 16; c++) rig.CellV[c] = 3.3f + 0.02f * random.NextSingle();
                rig.Step();
            }

            return rig.Output;
        }
    }

    [Fact]
    public void ServiceAnswersCannotBeReplayedOrMovedToAnotherRequest()
    {
        var rig = Closed();
        rig.Crash = true;
        rig.Step();
        (rig.Crash, rig.Close) = (false, false);
        rig.Step();
        uint challenge = rig.Output.ServiceChallenge;
        rig.Answer = ServiceChallenge.Answer(challenge, rig.Limits.ServiceKey, ServiceRequest.QualifyDeepDischarge);
        Ask(rig);
        Assert.Equal(ProtectionState.LatchedFault, rig.Output.State);
        rig.Answer = ServiceChallenge.Answer(challenge, rig.Limits.ServiceKey, ServiceRequest.ResetFaults);
        Ask(rig);
        Assert.Equal(ProtectionState.LatchedFault, rig.Output.State);
        rig.Answer = ServiceChallenge.Answer(rig.Output.ServiceChallenge, rig.Limits.ServiceKey, ServiceRequest.ResetFaults);
        Ask(rig);
        Assert.NotEqual(ProtectionState.LatchedFault, rig.Output.State);

        static void Ask(SafetyRig rig)
        {
            rig.Service = ServiceRequest.ResetFaults;
            rig.Step();
            rig.Service = ServiceRequest.None;
            rig.Step();
        }
    }

    static (float, float, float) Command(SafetyRig rig, CommandProposal proposal, bool[] bleed)
    {
        var command = SafetyUnit.Restrict(rig.Memory, proposal, bleed);
        return (command.ChargeLimitA, command.DischargeLimitA, command.CurrentA);
    }

    static SafetyRig Closed()
    {
        var rig = new SafetyRig(TestPacks.Module12, 3.7f) { Close = true };
        for (int i = 0; i < 500; i++) rig.Step();
        Assert.Equal(ProtectionState.Closed, rig.Output.State);
        return rig;
    }
}
