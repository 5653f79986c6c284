using AiBms.Agent.Protection;
using AiBms.Agent.Simulate;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Simulation;
using AiBms.Battery.Simulation.Twin;
using AiBms.Safety.Faults;
using AiBms.Safety.Protection;
using AiBms.Telemetry.Readings;
using AiBms.Tests.Battery.Simulation.Twin;
using AiBms.Tests.House;

namespace AiBms.Tests.Agent.Simulate;

public class PackSimulationTests
{
    [Fact]
    public void ANominalRunClosesAndMovesTheChargeItWasAsked()
    {
        var result = Run(new HeldPhase(600, -30, double.NaN, double.NaN, double.NaN, double.NaN), new RestPhase(60));
        Assert.True(result.Twin.Truth.IsOnLine);
        Assert.Equal(ProtectionState.Closed, result.Chain.Safety.State);
        Assert.DoesNotContain(result.Events, e => e.Level == FaultLevel.Fatal);
        Assert.Equal(-30 * 600 / 3600.0, result.Twin.Truth.Ledger.ChargeAs / 3600, 0.05);
        Assert.Equal(661, result.Rows.Count);
        Assert.Equal(660, result.Rows.TimeS[^1]);
    }

    /// <summary>A held step ends at its voltage, and what follows begins then.</summary>
    [Fact]
    public void ADischargeEndsAtItsVoltage()
    {
        var result = Run(new HeldPhase(40_000, -60, double.NaN, double.NaN, 3.3, double.NaN), new RestPhase(1));
        Assert.InRange(result.Twin.Truth.TimeS, 600, 6000);
        double lowest = double.PositiveInfinity;
        foreach (var column in result.Rows.ToRecording("simulated").Extras.Where(e => e.Name.StartsWith("V_", StringComparison.Ordinal))) lowest = Math.Min(lowest, column.Values.Min());
        Assert.InRange(lowest, 3.28, 3.31);
    }

    /// <summary>Cells alike, so that nothing is balanced meanwhile.</summary>
    [Fact]
    public void AChargeEndsWhenItIsFinished()
    {
        var result = Run(TwinRig.Plain(TwinRig.Module) with { StartSoc = 0.6 }, null, new ChargePhase(6 * 3600, 30, 4.2, 3), new RestPhase(60));
        Assert.InRange(result.Twin.Truth.TimeS, 600, 3 * 3600);
        Assert.True(result.Twin.Truth.MeanSoc > 0.9);
    }

    /// <summary>A contactor that never closes: nothing flows, and the phase is given up after ten minutes.</summary>
    [Fact]
    public void APhaseThatGetsNothingIsGivenUp()
    {
        var result = Run("stuck-contactor:plus", new DrivePhase(6 * 3600, 0.1), new RestPhase(60));
        Assert.InRange(result.Twin.Truth.TimeS, 600, 700);
        Assert.Equal(0, result.Twin.Truth.Ledger.ChargeAs, 50.0);
    }

    /// <summary>A contactor that does not open shows when it is told to: the run ends with that.</summary>
    [Fact]
    public void AWeldedContactorIsFoundAtTheEnd()
    {
        var result = Run("welded-contactor:plus@30", new HeldPhase(60, -30, double.NaN, double.NaN, double.NaN, double.NaN));
        Assert.Contains(result.Events, e => e.Begins && e.Code == FaultCode.PlusContactorWelded);
    }

    /// <summary>Reversed, the last cell is the coolest; what is estimated inside the cells follows within its band, also in the minutes after the flow turned.</summary>
    [Fact]
    public void AReversedFlowCoolsTheLastCellFirst()
    {
        var twin = TwinRig.Real(TwinRig.Ev) with { StartSoc = 0.9, StartDegC = 30 };
        var result = Run(twin, null, 1500, new HeldPhase(2700, -80, double.NaN, double.NaN, double.NaN, double.NaN));
        var truth = result.Twin.Truth;
        Assert.True(truth.FlowLPerMin > 1);
        int parallel = result.Twin.Layout.ParallelCount, last = result.Twin.Layout.SeriesCount - 1;
        double core(int cell) => Enumerable.Range(0, parallel).Average(p => truth.CoreDegC[cell * parallel + p]);
        Assert.True(core(last) < core(last / 2) && core(last) < core(0), $"{core(0):0.0}, {core(last / 2):0.0}, {core(last):0.0} °C");
        var state = result.Chain.State;
        int outside = Enumerable.Range(0, last + 1).Count(i => Math.Abs(state.CoreDegC[i] - core(i)) > 2 * state.CoreDegCDeviation[i]);
        Assert.True(outside <= 5, $"{outside} of 96 outside");
        Assert.DoesNotContain(result.Findings, f => f.Kind is FindingKind.CoolingLoss or FindingKind.ProbeSensor);
    }

    /// <summary>What the estimates find is kept with the time and the most it was, also when it is over.</summary>
    [Fact]
    public void WhatEstimatesFindIsKept()
    {
        var result = Run("sensor-offset:V3=0.2@300-900", new HeldPhase(1500, -30, double.NaN, double.NaN, double.NaN, double.NaN));
        var found = Assert.Single(result.Findings, f => f.Kind == FindingKind.CellSensor && f.Cell == 2);
        Assert.InRange(found.SinceS, 300, 600);
        Assert.True(found.Size > found.Threshold);
    }

    /// <summary>An isolation loss that the protection is made for opens the contactors, and an event says so.</summary>
    [Fact]
    public void AFaultReachesTheProtection()
    {
        var result = Run("isolation-loss=500@120", new HeldPhase(300, -30, double.NaN, double.NaN, double.NaN, double.NaN));
        Assert.Contains(result.Events, e => e.Begins && e.Code.ToString().StartsWith("Isolation", StringComparison.Ordinal) && e.TimeS >= 120);
        Assert.False(result.Twin.Truth.IsOnLine);
    }

    /// <summary>Thick coolant is no fault: a frozen immersion pack warms itself for a charge, and its pump is neither derated for nor tripped on; a pump that stops is.</summary>
    [Theory]
    [InlineData(-30, null, false)]
    [InlineData(-20, null, false)]
    [InlineData(-10, null, false)]
    [InlineData(-20, "pump-stop@300", true)]
    public void AColdPumpIsJudgedByWhatThickCoolantLetsThrough(double ambientDegC, string? fault, bool isFound)
    {
        const string file = "packs/protection/ev_96s2p_immersion.json";
        var twin = TwinRig.Real(TwinRig.Ev) with { StartSoc = 0.4, StartDegC = ambientDegC };
        if (fault is not null) twin = twin with { Faults = [TwinRig.Fault(fault, twin)] };
        var result = PackSimulation.Of(new()
        {
            Twin = twin,
            AmbientDegC = ambientDegC,
            Limits = ProtectionFile.Parse(File.ReadAllBytes(Repo.At(file)), file).ToLimits(twin.Layout),
            Phases = [new ChargePhase(1800, 60, 4.2, 3)],
        }, _ => { });
        Assert.True(result.Twin.Truth.Ledger.BroughtJ > 1e6, "the heater did not run, so that the pump had no cold coolant to move");
        string found = string.Join("; ", result.Events.Where(e => e.Begins && e.Code.ToString().StartsWith("CoolantFlow", StringComparison.Ordinal)).Select(e => $"{e.TimeS:0} s {e.Code} {e.Value:0.00}"));
        Assert.True(isFound == found.Length > 0, found);
    }

    /// <summary>What is written the door reads again: every cell and probe, bit for bit in Parquet.</summary>
    [Fact]
    public void TheDoorReadsWhatIsWritten()
    {
        var result = Run(new HeldPhase(60, -30, double.NaN, double.NaN, double.NaN, double.NaN));
        var written = result.Rows.ToRecording("simulated");
        string path = Path.Combine(Path.GetTempPath(), $"aibms-{Guid.NewGuid():N}.parquet");
        try
        {
            RecordingWriter.Write(written, path);
            var read = RecordingDoor.Open(path);
            Assert.Equal(written.TimeS, read.TimeS);
            Assert.Equal(written.CurrentA, read.CurrentA);
            foreach (var column in written.Extras.Where(e => e.Name[1] == '_')) Assert.Equal(column.Values, read.Extras.Single(e => e.Name == column.Name).Values);
            Assert.Equal(12, read.Extras.Count(e => e.Name.StartsWith("V_", StringComparison.Ordinal)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    static PackSimulationResult Run(params Phase[] phases) => Run(null, phases);

    static PackSimulationResult Run(string? fault, params Phase[] phases) => Run(TwinRig.Real(TwinRig.Module) with { StartSoc = 0.6 }, fault, phases);

    static PackSimulationResult Run(PackTwinOptions twin, string? fault, params Phase[] phases) => Run(twin, fault, 0, phases);

    static PackSimulationResult Run(PackTwinOptions twin, string? fault, double reverseFlowS, params Phase[] phases)
    {
        if (fault is not null) twin = twin with { Faults = [TwinRig.Fault(fault, twin)] };
        string file = $"packs/protection/{twin.Layout.Id}.json";
        return PackSimulation.Of(new() { Twin = twin, Limits = ProtectionFile.Parse(File.ReadAllBytes(Repo.At(file)), file).ToLimits(twin.Layout), Phases = phases, ReverseFlowS = reverseFlowS }, _ => { });
    }
}
