using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Learning.Identification.Electrodes;

namespace AiBms.Trials.Physics;

/// <summary>What stands in for a physics-based model must do what the model does.</summary>
public class ReducedCircuitTrials
{
    [Fact]
    public void TheCircuitFollowsLoadsThatItWasNotMadeFrom()
    {
        var circuit = ReducedCircuit.Of(ModelKind.Spm, new ParameterSetCatalogue(Path.Combine(PhysicsTrials.Root(), "cells", "physics")).Find("chen2020"), [20, 30], "a command").Cell;
        Assert.All(circuit.Fit.Where(f => f.Use == "check"), row => Assert.True(row.VoltageRmseV < 0.015, $"{row.Recording}: {row.VoltageRmseV} V"));
        Assert.Contains(circuit.Fit, f => f.Use == "check");
        // A colder cell resists more.
        Assert.True(circuit.Circuit!.SeriesResistanceOhm[0][7] + circuit.Circuit.Pairs.Sum(p => p.ResistanceOhm[0][7]) > circuit.Circuit.SeriesResistanceOhm[1][7] + circuit.Circuit.Pairs.Sum(p => p.ResistanceOhm[1][7]));
    }
}
