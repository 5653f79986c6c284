using System.Text;
using AiBms.Agent.Protection;
using AiBms.Battery.Packs;
using AiBms.Safety.Faults;
using AiBms.Safety.Protection;
using AiBms.Tests.House;
using AiBms.Tests.Safety;

namespace AiBms.Tests.Agent;

public class PackProtectionTests
{
    public static TheoryData<string> Ids => [.. new PackCatalogue(Repo.At("packs")).All().Select(p => p.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void EveryShippedPackHasAProtectionUnderWhichItStartsWithinTwoSeconds(string id)
    {
        var layout = Layout(id);
        var settings = Settings(id);
        var limits = settings.ToLimits(layout);
        var rig = new SafetyRig(limits, layout.Cell.StartsWith("lfp", StringComparison.Ordinal) ? 3.3f : 3.7f) { Close = true };
        while (rig.ElapsedMs < 2000) rig.Step();
        Assert.Equal(ProtectionState.Closed, rig.Output.State);
        while (rig.ElapsedMs < 12_000) rig.Step();
        Assert.Equal(settings.ChargeTable.At(25), rig.Output.ChargeLimitA);

        // What busbars, contacts and cable drop at a current that the protection bears is no contradiction between cells and pack.
        var wiring = layout.Wiring;
        double wiringOhm = wiring.CableOhm + layout.SeriesCount * (wiring.BusbarOhm + 2 * wiring.ContactOhm / layout.ParallelCount);
        double wiringV = settings.Bands[AiBms.Safety.Limits.LimitKind.DischargeCurrentHigh].Safety * wiringOhm;
        Assert.True(wiringV < 0.9f * settings.SumToleranceV, $"at the limit the wiring drops {wiringV:0.00} V, and {settings.SumToleranceV} V between cells and pack open the contactors");

        // An overcurrent trips below what the contactors can break, so that it does not end in a fuse's wait.
        Assert.True(settings.Bands[AiBms.Safety.Limits.LimitKind.DischargeCurrentHigh].Safety < layout.Contactors.BreakCurrentA);
    }

    [Fact]
    public void AReadingGoesInAndACommandComesOutCutDown()
    {
        var (protection, reading, command) = Closed();
        (command.ChargeLimitA, command.DischargeLimitA, command.CurrentA) = (1e6, 10, 1e6);
        var safe = protection.Restrict(command);
        Assert.True(command.PlusClosed && command.MinusClosed && !command.PrechargeClosed);
        Assert.Equal((120, 10, 120), (command.ChargeLimitA, command.DischargeLimitA, command.CurrentA));
        Assert.Equal(AiBms.Safety.Envelopes.LimitName.Command, safe.DischargeBinding.Name);

        (command.ChargeLimitA, command.DischargeLimitA, command.CurrentA, command.PlusClosed) = (0.1, double.NaN, -3, true);
        reading.CrashDetected = true;
        reading.TimeS += 0.1;
        protection.Observe(reading, closeRequested: true, pumpOn: true);
        protection.Restrict(command);
        Assert.Equal((0, 0, 0, false), (command.ChargeLimitA, command.DischargeLimitA, command.CurrentA, command.PlusClosed));
    }

    [Theory]
    [InlineData(SignalQuality.Missing)]
    [InlineData(SignalQuality.Implausible)]
    [InlineData(SignalQuality.Stuck)]
    [InlineData(SignalQuality.Old)]
    public void WhatIsNotGoodIsNotBelieved(SignalQuality quality)
    {
        var (protection, reading, _) = Closed();
        reading.CellQualities[4] = quality;
        for (int i = 0; i < 15; i++)
        {
            reading.TimeS += 0.1;
            protection.Observe(reading, closeRequested: true, pumpOn: true);
        }

        Assert.True(protection.Memory.Fault(FaultCode.CellVoltageLost).Active);
        Assert.Equal(4, protection.Memory.Fault(FaultCode.CellVoltageLost).Where);
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        var (protection, reading, command) = Closed();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            reading.TimeS += 0.1;
            protection.Observe(reading, closeRequested: true, pumpOn: true);
            protection.Restrict(command);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e300)]
    public void ATimeThatIsNoTimeOpens(double timeS)
    {
        var (protection, reading, command) = Closed();
        reading.TimeS = timeS;
        for (int i = 0; i < 40; i++) protection.Observe(reading, closeRequested: true, pumpOn: true);
        protection.Restrict(command);
        Assert.False(command.PlusClosed);
    }

    [Theory]
    [InlineData("\"CellVoltageHigh\": { \"operating\": 4.2", "\"CellVoltageHigh\": { \"operating\": 4.3", "CellVoltageHigh")]
    [InlineData("\"pack\": \"module_12s_coldplate\"", "\"pack\": \"another\"", "does not fit")]
    [InlineData("\"sumToleranceV\": 0.5", "\"sumToleranceV\": 0", "tolerances")]
    public void SettingsThatContradictAreRefused(string was, string becomes, string says)
    {
        string json = File.ReadAllText(Repo.At("packs/protection/module_12s_coldplate.json"));
        Assert.Contains(was, json, StringComparison.Ordinal);
        var settings = ProtectionFile.Parse(Encoding.UTF8.GetBytes(json.Replace(was, becomes, StringComparison.Ordinal)), "x.json");
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => settings.ToLimits(Layout("module_12s_coldplate"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMisspeltNameIsRefused()
    {
        string json = File.ReadAllText(Repo.At("packs/protection/module_12s_coldplate.json")).Replace("CellVoltageLow", "CellVoltageLo", StringComparison.Ordinal);
        Assert.StartsWith("x.json", Assert.Throws<FormatException>(() => ProtectionFile.Parse(Encoding.UTF8.GetBytes(json), "x.json")).Message, StringComparison.Ordinal);
    }

    static PackLayout Layout(string id) => new PackCatalogue(Repo.At("packs")).Find(id);

    static ProtectionSettings Settings(string id) => ProtectionFile.Parse(File.ReadAllBytes(Repo.At($"packs/protection/{id}.json")), id);

    /// <summary>The 12s module, closed for ten seconds at 25 °C.</summary>
    static (PackProtection Protection, PackReading Reading, PackCommand Command) Closed()
    {
        var layout = Layout("module_12s_coldplate");
        var protection = new PackProtection(layout, Settings(layout.Id).ToLimits(layout));
        var reading = new PackReading(layout);
        var command = new PackCommand(layout);
        Array.Fill(reading.CellVoltageV, 3.7);
        Array.Fill(reading.CellQualities, SignalQuality.Good);
        Array.Fill(reading.ProbeTemperatureDegC, 25);
        Array.Fill(reading.ProbeQualities, SignalQuality.Good);
        foreach (var signal in Enum.GetValues<PackSignal>()) reading[signal] = 0;
        (reading[PackSignal.PackVoltageV], reading[PackSignal.IsolationOhm], reading[PackSignal.CoolantLevelFraction], reading[PackSignal.CoolantFlowLPerMin]) = (44.4, 1e6, 1, 5);
        reading[PackSignal.GasPpm] = reading[PackSignal.HousingPressureKPa] = double.NaN;
        reading.InterlockClosed = true;
        reading.TimeS = 0;
        for (int i = 0; i < 120; i++)
        {
            reading.TimeS += 0.1;
            protection.Observe(reading, closeRequested: true, pumpOn: true);
            protection.Restrict(command);
            // The link follows through the resistor while minus and precharge are closed.
            reading[PackSignal.LinkVoltageV] = command.MinusClosed && (command.PrechargeClosed || command.PlusClosed) ? 44.4 : 0;
        }

        Assert.Equal(ProtectionState.Closed, protection.Memory.Output.State);
        return (protection, reading, command);
    }
}
