using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Thermal;
using AiBms.Numerics.Stiff;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>Core and case of a cell that warms by its own heat.</summary>
public class CoreCaseTests
{
    static ParameterSet Set => PhysicsSets.Of("chen2020") with { CoreToCaseKPerW = 3, CaseHeatFraction = 0.2 };

    static ExperimentRunner Runner(ModelKind kind, out ElectrochemicalCell cell)
    {
        cell = CellFactory.Create(kind, Set, Resolution.Coarse with { Tolerance = 1e-6 }, true);
        return new(cell) { PeriodS = double.PositiveInfinity };
    }

    /// <summary>Without heat the two temperatures fall as the two-node model has them in closed form; the reaction of a DFN still levels out and warms it a little.</summary>
    [Theory]
    [InlineData(ModelKind.Spm, 1e-3)]
    [InlineData(ModelKind.Dfn, 2e-2)]
    public void AtRestTheyFallAsTheClosedFormHasThem(ModelKind kind, double toleranceK)
    {
        var runner = Runner(kind, out var cell);
        runner.Run(new ExperimentParser(5).Parse("Discharge at 1C for 1500 s; Rest for 1 s"));
        double core = cell.TemperatureK(runner.State), shell = cell.CaseTemperatureK(runner.State), ambient = Set.AmbientTemperatureK;
        Assert.True(core > shell + 0.5 && shell > ambient + 1);
        runner.Run(new ExperimentParser(5).Parse("Rest for 900 s"));
        var model = new CoreCaseModel(new(
            CoreHeatCapacityJPerK: 0.8 * Set.HeatCapacityJPerK, CaseHeatCapacityJPerK: 0.2 * Set.HeatCapacityJPerK, CoreToCaseKPerW: 3, CaseToAmbientKPerW: 1 / Set.CoolingWPerK));
        model.Step(ref core, ref shell, 0, ambient, 900);
        Assert.Equal(core, cell.TemperatureK(runner.State), toleranceK);
        Assert.Equal(shell, cell.CaseTemperatureK(runner.State), toleranceK);
    }

    [Fact]
    public void TheSolverInvertsTheJacobianOfTheEquations()
    {
        var system = new DfnSystem(Set, new() { NegativeCells = 5, SeparatorCells = 3, PositiveCells = 4, ParticleTerms = 4, LumpedThermal = true }) { Load = new ConstantVoltage(3.7) };
        double[] state = new double[system.Size];
        system.Rest(state, 0.6, 0.5);
        Assert.True(ConsistentState.Solve(system, 0, state, 1e-12, 0.2, 2 * system.Mesh.Count, new double[2 * system.Size]));
        var integrator = new RosenbrockIntegrator(system, RosenbrockTableau.Rodas4P2);
        integrator.Start(0, state, 1e-3);
        while (integrator.Time < 100) Assert.Equal(StepOutcome.Accepted, integrator.Step(100));
        integrator.State.CopyTo(state);
        system.Load = new ConstantVoltage(3.7);
        JacobianCheck.SolveInvertsAShiftedJacobian(system, state, 0.02);
    }

    /// <summary>A core that hardly resists the case is one lumped temperature.</summary>
    [Fact]
    public void WithoutResistanceTheyAreOneTemperature()
    {
        double Temperature(ParameterSet set)
        {
            var cell = CellFactory.Create(ModelKind.Spm, set, Resolution.Coarse with { Tolerance = 1e-6 }, true);
            var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity };
            runner.Run(new ExperimentParser(5).Parse("Discharge at 1C for 1500 s"));
            return cell.TemperatureK(runner.State);
        }

        Assert.Equal(Temperature(Set with { CoreToCaseKPerW = 0 }), Temperature(Set with { CoreToCaseKPerW = 1e-4 }), 5e-3);
    }

    [Fact]
    public void ACaseWithoutHeatIsRefused() => Assert.Throws<ArgumentException>(() => CellFactory.Create(ModelKind.Spm, Set with { CaseHeatFraction = 0 }, Resolution.Coarse, true));
}
