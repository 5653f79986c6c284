using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.SingleParticle;
using AiBms.Numerics.Stiff;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>The closed form of the single particle against the adaptive integrator at a tight tolerance: same model, other mathematics.</summary>
public class ClosedFormTests
{
    [Theory]
    [InlineData(-5, -5)]
    [InlineData(3, 3)]
    [InlineData(0, -10)]
    [InlineData(-8, 6)]
    public void ACurrentThatRunsStraightIsExact(double fromA, double toA)
    {
        const double seconds = 1200;
        var cell = new SpmSystem(PhysicsSets.Of("chen2020"), new());
        var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity };
        runner.Rest(0.6, 0.5);
        var result = runner.Run([new() { Text = "ramp", Mode = StepMode.Drive, DriveA = [fromA, toA], DriveTimesS = [0, seconds] }])[0];
        Assert.Equal(StepEnd.Time, result.End);

        var other = new SpmSystem(PhysicsSets.Of("chen2020"), new()) { Tolerance = 1e-9 };
        double[] state = new double[other.Size], work = new double[2 * other.Size];
        other.Rest(state, 0.6, 0.5);
        var ramp = new CurrentRamp();
        ramp.MoveTo(0, fromA, seconds, toA);
        other.Load = ramp;
        other.GuessPotentials(state, fromA);
        Assert.True(ConsistentState.Solve(other, 0, state, 1e-12, 0.2, 0, work));
        var integrator = new RosenbrockIntegrator(other, RosenbrockTableau.Rodas4P2) { SmallestStep = 1e-9 };
        integrator.Start(0, state, 1e-3);
        while (integrator.Time < seconds) Assert.Equal(StepOutcome.Accepted, integrator.Step(seconds));

        for (int i = 0; i < other.ChargeIndex; i++) Assert.Equal(integrator.State[i], runner.State[i], 1e-8);
        Assert.Equal(other.VoltageV(integrator.State), cell.VoltageV(runner.State), 1e-7);
        Assert.Equal(integrator.State[other.ChargeIndex] / 3600, result.ChargeAh, 1e-9);
        Assert.Equal(integrator.State[other.EnergyIndex] / 3600, result.EnergyWh, 2e-5);
    }

    [Fact]
    public void TheEnergyOfAWholeDischargeIsThatOfManyShortSteps()
    {
        double Energy(int pieces)
        {
            var runner = new ExperimentRunner(new SpmSystem(PhysicsSets.Of("chen2020"), new())) { PeriodS = double.PositiveInfinity };
            string piece = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"repeat {pieces} {{ Discharge at 1C for {3000.0 / pieces:0.######} s }}");
            return runner.Run(new ExperimentParser(5).Parse(piece)).Sum(r => r.EnergyWh);
        }

        Assert.Equal(1, Energy(1) / Energy(300), 1e-6);
    }

    [Fact]
    public void AnEndIsMetToANanovolt()
    {
        var cell = new SpmSystem(PhysicsSets.Of("chen2020"), new());
        var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity };
        Assert.Equal(StepEnd.Voltage, runner.Run(new ExperimentParser(5).Parse("Discharge at 1C until 2.5 V"))[0].End);
        Assert.Equal(2.5, cell.VoltageV(runner.State), 1e-8);
    }

    [Fact]
    public void AParticleThatRunsEmptyEndsTheRun()
    {
        var runner = new ExperimentRunner(new SpmSystem(PhysicsSets.Of("chen2020"), new()));
        runner.Rest(0.05, 0.85);
        Assert.Equal(StepEnd.SolutionEnds, runner.Run(new ExperimentParser(5).Parse("Discharge at 2C for 10 hours"))[0].End);
    }
}
