using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;
using AiBms.Battery.Simulation.Twin.Faults;

namespace AiBms.Tests.Battery.Simulation.Twin.Faults;

/// <summary>A fault changes what it should, and only that: the same pack runs with and without it, noise and all.</summary>
public class FaultLaws
{
    const int StartS = 60, EndS = 600;

    public static TheoryData<string> Kinds => [.. FaultCatalogue.All.Select(k => k.Name)];

    /// <summary>Until it begins nothing at all differs.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void NothingDiffersBeforeItsTime(string kind)
    {
        var (sound, faulty) = (Run(null, StartS), Run(Text(kind), StartS));
        Assert.Equal(sound.Reading.CellVoltageV, faulty.Reading.CellVoltageV);
        Assert.Equal(sound.Reading.ProbeTemperatureDegC, faulty.Reading.ProbeTemperatureDegC);
        Assert.Equal(sound.Twin.Truth.CoreDegC.ToArray(), faulty.Twin.Truth.CoreDegC.ToArray());
    }

    [Fact]
    public void AStoppedPumpOnlyWarms()
    {
        var (sound, faulty) = Pair("pump-stop@60");
        Assert.Equal(0, faulty.Twin.Truth.FlowLPerMin);
        Assert.True(faulty.Twin.Truth.CoreDegC[100] > sound.Twin.Truth.CoreDegC[100] + 1);
        Assert.Equal(sound.Twin.Truth.MeanSoc, faulty.Twin.Truth.MeanSoc, 1e-3);
    }

    [Fact]
    public void ABlockedSegmentWarmsItsOwnCells()
    {
        var (sound, faulty) = Pair("blocked-segment:S8=0.9@60");
        // Less flow warms all the more the further down: what tells the place is that it is hotter than what lies behind it.
        double there = Rise(44), elsewhere = Math.Max(Rise(10), Rise(60));
        Assert.True(there > 1, $"rise there {there}");
        Assert.True(there > 1.5 * elsewhere, $"rise there {there}, elsewhere {elsewhere}");
        Assert.InRange(faulty.Twin.Truth.FlowLPerMin, 1, 0.9 * sound.Twin.Truth.FlowLPerMin);

        double Rise(int group) => faulty.Twin.Truth.CoreDegC[2 * group] - sound.Twin.Truth.CoreDegC[2 * group];
    }

    [Fact]
    public void ALeakLowersTheLevelByItsRate()
    {
        var (sound, faulty) = Pair("leak=1@60");
        Assert.Equal(1, sound.Twin.Truth.LevelFraction);
        Assert.Equal(1 - 9.0 / 18, faulty.Twin.Truth.LevelFraction, 1e-3);
        Assert.Equal(0.4, Run("low-level=0.4@60", EndS).Twin.Truth.LevelFraction);
    }

    [Fact]
    public void ALostChillerTakesNothing()
    {
        var (sound, faulty) = Pair("chiller-loss@60");
        Assert.Equal(0, faulty.Twin.Truth.ChillerHeatW);
        Assert.True(faulty.Twin.Truth.TankDegC > sound.Twin.Truth.TankDegC + 0.5);
    }

    /// <summary>Ohm: a short of 10 Ω takes what its cell's voltage drives, out of that cell's group alone.</summary>
    [Fact]
    public void AShortDrainsItsGroupByOhm()
    {
        var (sound, faulty) = Pair("internal-short:V17.2=10@60");
        double lostAh = Charge(sound, 16) - Charge(faulty, 16);
        Assert.Equal(3.8 / 10 * (EndS - StartS) / 3600, lostAh, 0.003);
        Assert.Equal(Charge(sound, 50), Charge(faulty, 50), 1e-4);
    }

    /// <summary>Two cells share: with 1 mΩ more on one of them the group shows about half, and the other cell carries more.</summary>
    [Fact]
    public void ABadContactMovesTheCurrentToTheOther()
    {
        var (sound, faulty) = Pair("contact-resistance:V17.1=0.001@60");
        double[] before = [.. sound.Twin.Truth.CellCurrentA], after = [.. faulty.Twin.Truth.CellCurrentA];
        Assert.True(Math.Abs(after[32]) < Math.Abs(before[32]));
        Assert.True(Math.Abs(after[33]) > Math.Abs(before[33]));
        Assert.True(faulty.Twin.Truth.BusbarDegC[16] > sound.Twin.Truth.BusbarDegC[16] + 0.5);
        Assert.True(faulty.Twin.Truth.GroupVoltageV[16] < sound.Twin.Truth.GroupVoltageV[16] - 0.01);
    }

    [Fact]
    public void ALostCellLeavesAllToTheOther()
    {
        var faulty = Run("lost-parallel-cell:V17.1@60", EndS);
        Assert.Equal(0, faulty.Twin.Truth.CellCurrentA[32], 1e-9);
        Assert.Equal(faulty.Twin.Truth.PackCurrentA, faulty.Twin.Truth.CellCurrentA[33], 1e-9);
    }

    [Fact]
    public void AWeakCellHoldsLess()
    {
        var (sound, faulty) = Pair("weak-cell:V17.1=0.8@60");
        Assert.Equal(0.8, faulty.Twin.Truth.CellCapacityAh[32] / sound.Twin.Truth.CellCapacityAh[32], 1e-4);
        Assert.Equal(sound.Twin.Truth.CellCapacityAh[33], faulty.Twin.Truth.CellCapacityAh[33], 0.01);
    }

    /// <summary>The pack is as it was; two taps read wrongly, and their sum is right.</summary>
    [Fact]
    public void AnOpenTapSharesOutItsSum()
    {
        var (sound, faulty) = Pair("open-tap:V17=0.3@60");
        Assert.Equal(sound.Twin.Truth.GroupVoltageV.ToArray(), faulty.Twin.Truth.GroupVoltageV.ToArray());
        double[] was = sound.Reading.CellVoltageV, reads = faulty.Reading.CellVoltageV;
        Assert.Equal(was[16] + was[17], reads[16] + reads[17], 0.003);
        Assert.Equal(0.3, reads[16] / (reads[16] + reads[17]), 0.002);
        Assert.Equal(was[15], reads[15]);
        Assert.Equal(was[18], reads[18]);
    }

    [Fact]
    public void AnOpenBalancingResistorTakesNothing()
    {
        var (sound, faulty) = Pair("open-balancing:V4@60");
        Assert.True(Charge(faulty, 3) - Charge(sound, 3) > 0.9 * 3.8 / 33 * (EndS - StartS) / 3600);
        Assert.Equal(Charge(sound, 40), Charge(faulty, 40), 1e-4);
        Assert.True(faulty.Twin.Truth.BoardDegC < sound.Twin.Truth.BoardDegC);
    }

    [Fact]
    public void AWeldedContactorStaysAndAStuckOneNeverComes()
    {
        Assert.Equal(ContactState.Closed, Opened("welded-contactor:plus@60").PlusContact);
        Assert.Equal(ContactState.Open, Opened("welded-contactor:plus@60").MinusContact);
        var stuck = Run("stuck-contactor:minus@60", EndS);
        Assert.False(stuck.Twin.Truth.IsOnLine);
        Assert.Equal(0, stuck.Twin.Truth.PackCurrentA);

        static PackReading Opened(string text)
        {
            var run = Run(text, EndS);
            run.Twin.Write(new(run.Twin.Layout));
            run.Twin.Step(TwinLoad.Rest(25), 1);
            run.Twin.TryRead(run.Reading);
            return run.Reading;
        }
    }

    /// <summary>Through R into C: the link is at 1 − e^(−t/RC) of the pack; with the resistor burnt it stays at nothing.</summary>
    [Fact]
    public void APrechargeFillsTheLinkUnlessItsResistorIsBurnt()
    {
        Assert.Equal(1 - Math.Exp(-0.2 / (100 * 0.0015)), Filled(null), 0.002);
        Assert.Equal(0, Filled("precharge-failure"));

        static double Filled(string? text)
        {
            var options = TwinRig.Plain(TwinRig.Ev);
            var twin = new PackTwin(options with { Faults = text is null ? [] : [TwinRig.Fault(text, options)] });
            twin.Write(new(twin.Layout) { MinusClosed = true, PrechargeClosed = true });
            for (int n = 0; n < 4; n++) twin.Step(TwinLoad.Rest(25), 0.05);
            return twin.Truth.LinkVoltageV / twin.Truth.TerminalVoltageV;
        }
    }

    [Fact]
    public void ClosingOntoAnEmptyLinkWelds()
    {
        var twin = new PackTwin(TwinRig.Plain(TwinRig.Ev));
        twin.Write(new(twin.Layout) { MinusClosed = true, PlusClosed = true });
        twin.Step(TwinLoad.Rest(25), 0.1);
        twin.Write(new(twin.Layout));
        twin.Step(TwinLoad.Rest(25), 0.1);
        var reading = new PackReading(twin.Layout);
        twin.TryRead(reading);
        Assert.Equal((ContactState.Closed, ContactState.Open), (reading.PlusContact, reading.MinusContact));
    }

    [Theory]
    [InlineData("sensor-offset:V17=0.05@60")]
    [InlineData("sensor-stuck:V17@60")]
    [InlineData("sensor-dropout:V17@60")]
    public void ASensorFaultIsThatSensorsAlone(string text)
    {
        var (sound, faulty) = Pair(text);
        Assert.Equal(sound.Twin.Truth.GroupVoltageV.ToArray(), faulty.Twin.Truth.GroupVoltageV.ToArray());
        Assert.NotEqual(sound.Reading.CellVoltageV[16], faulty.Reading.CellVoltageV[16]);
        faulty.Reading.CellVoltageV[16] = sound.Reading.CellVoltageV[16];
        Assert.Equal(sound.Reading.CellVoltageV, faulty.Reading.CellVoltageV);
        Assert.Equal(sound.Reading.ProbeTemperatureDegC, faulty.Reading.ProbeTemperatureDegC);
        Assert.Equal(text.Contains("dropout", StringComparison.Ordinal) ? SignalQuality.Missing : SignalQuality.Good, faulty.Reading.CellQualities[16]);
    }

    /// <summary>Two resistances side by side: 5 MΩ of the sound pack and 20 kΩ.</summary>
    [Fact]
    public void AnIsolationLossIsMeasured()
    {
        var (sound, faulty) = Pair("isolation-loss=20000@60");
        Assert.Equal(5e6, sound.Reading[PackSignal.IsolationOhm], 0.05 * 5e6);
        Assert.Equal(1 / (1 / 5e6 + 1 / 2e4), faulty.Reading[PackSignal.IsolationOhm], 0.05 * 2e4);
        Assert.Equal(sound.Reading.CellVoltageV, faulty.Reading.CellVoltageV);
    }

    static double Charge((PackTwin Twin, PackReading Reading) run, int group) => run.Twin.Truth.GroupSoc(group) * run.Twin.Truth.GroupCapacityAh(group);

    static ((PackTwin Twin, PackReading Reading) Sound, (PackTwin Twin, PackReading Reading) Faulty) Pair(string text) => (Run(null, EndS), Run(text, EndS));

    static string Text(string kind)
    {
        var row = FaultCatalogue.All.Single(k => k.Name == kind);
        string place = row.Place switch
        {
            FaultPlaceKind.Pack => "",
            FaultPlaceKind.Segment => ":S8",
            FaultPlaceKind.Contactor => ":minus",
            _ => ":V17",
        };
        return $"{kind}{place}{(double.IsNaN(row.Size.Default) ? "=0.1" : "")}@{StartS}";
    }

    static (PackTwin Twin, PackReading Reading) Run(string? text, int untilS)
    {
        var options = TwinRig.Real(TwinRig.Ev);
        var twin = TwinRig.OnLine(options with { Faults = text is null ? [] : [TwinRig.Fault(text, options)] });
        twin.Write(TwinRig.Command(twin, pump: 0.6, chiller: 0.5, bleed: [3]));
        for (int n = 0; n < untilS; n++) twin.Step(TwinLoad.Current(-150, 25), 1);
        var reading = new PackReading(twin.Layout);
        twin.TryRead(reading);
        return (twin, reading);
    }
}
