using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Sensitivities;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>Sensitivities against differences of independent, very exact runs, and against what must hold by theory.</summary>
public class SensitivityRunTests
{
    static readonly double[] s_times = [.. Enumerable.Range(1, 35).Select(k => 100.0 * k)];

    /// <summary>At 1e-9 the runs' own step control leaves about 1e-7 V in a difference over two thousandths.</summary>
    [Theory]
    [InlineData(ModelKind.Spme)]
    [InlineData(ModelKind.Dfn)]
    public void DerivativesAreThoseOfVeryExactRunsThroughEveryEnd(ModelKind kind)
    {
        var set = PhysicsSets.Of("chen2020");
        var steps = new ExperimentParser(set.CapacityAh).Parse("Discharge at 1C until 3.4 V; Rest for 600 s");
        SetParameter[] parameters = [SetParameters.Find("negative.diffusivity"), SetParameters.Find("positive.exchangeCurrent")];
        var found = new SensitivityRun(s => CellFactory.Create(kind, s, new(5, 3, 6, 1e-7), false)).Of(set, parameters, steps, s_times);
        for (int p = 0; p < parameters.Length; p++)
        {
            double[] above = Exact(kind, parameters[p].Scale(set, Math.Exp(1e-3)), steps), below = Exact(kind, parameters[p].Scale(set, Math.Exp(-1e-3)), steps);
            double size = found.ByLogarithmV[p].Where(double.IsFinite).Max(Math.Abs);
            Assert.True(size > 1e-3);
            for (int i = 0; i < s_times.Length; i++)
            {
                double expected = (above[i] - below[i]) / 2e-3;
                if (double.IsFinite(expected)) Assert.Equal(expected, found.ByLogarithmV[p][i], 1e-3 * size);
            }
        }
    }

    /// <summary>A resistance in series adds I·R: ∂V/∂ln R = I·R exactly, under load.</summary>
    [Fact]
    public void AResistanceMovesTheVoltageByItsOwnDrop()
    {
        var set = PhysicsSets.Of("chen2020") with { ContactResistanceOhm = 0.01 };
        var steps = new ExperimentParser(set.CapacityAh).Parse("Discharge at 1C for 500 s");
        var found = new SensitivityRun(s => CellFactory.Create(ModelKind.Spme, s, Resolution.Coarse, false))
            .Of(set, [SetParameters.Find("contactResistance")], steps, [100, 300, 450]);
        Assert.All(found.ByLogarithmV[0], v => Assert.Equal(-0.01 * set.CapacityAh, v, 1e-7));
    }

    /// <summary>A cell of twice the area at twice the current has the same voltages; at the same current its end comes as much later as C-rate says.</summary>
    [Fact]
    public void TheEndMovesWithTheArea()
    {
        // At C/100 the end is that of the open-circuit capacity, which is proportional to the area.
        var set = PhysicsSets.Of("chen2020");
        var steps = new ExperimentParser(set.CapacityAh).Parse("Discharge at C/100 until 3 V");
        var found = new SensitivityRun(s => CellFactory.Create(ModelKind.Spm, s, Resolution.Coarse, false)).Of(set, [SetParameters.Find("electrodeArea")], steps, []);
        Assert.Equal(found.EndS, found.EndByLogarithmS[0], 0.01 * found.EndS);
    }

    static double[] Exact(ModelKind kind, ParameterSet set, IReadOnlyList<ExperimentStep> steps)
    {
        var log = new VoltageLog(s_times);
        // A script of its own keeps SPMe on the integrator and its finite volumes, as sensitivities have it.
        var runner = new ExperimentRunner(CellFactory.Create(kind, set, new(5, 3, 6, 1e-9), false)) { Observer = log, OutputTimesS = s_times, Script = new() };
        runner.Run(steps);
        return log.VoltageV;
    }
}
