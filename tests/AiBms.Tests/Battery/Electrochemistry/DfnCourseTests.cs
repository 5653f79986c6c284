using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Experiments;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>Steps between the knots of a drive cycle, against the adaptive integrator at a close tolerance: same model, other mathematics.</summary>
public class DfnCourseTests
{
    /// <summary>Kinks, a change of sign, a rest.</summary>
    static readonly double[] KnotsA = [0, -5, -12, -3, 4, 4, 0, 0, -8, -10, 2];

    const double PieceS = 4;

    static (ExperimentRunner Runner, DfnSystem Cell, StepResult Result) Run(double tolerance, int parts, double startSoc = 0.6, double factor = 1)
    {
        var set = PhysicsSets.Of("chen2020");
        var cell = new DfnSystem(set, new() { NegativeCells = 10, SeparatorCells = 4, PositiveCells = 9 }) { Tolerance = tolerance };
        var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity };
        (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(startSoc);
        runner.Rest(negative, positive);
        List<double> currents = [factor * KnotsA[0]], times = [0];
        for (int k = 0; k + 1 < KnotsA.Length; k++)
            for (int part = 1; part <= parts; part++)
            {
                currents.Add(factor * (KnotsA[k] + (KnotsA[k + 1] - KnotsA[k]) * part / parts));
                times.Add(PieceS * (k + (double)part / parts));
            }

        return (runner, cell, runner.Run(new ExperimentStep { Text = "drive", Mode = StepMode.Drive, DriveA = currents, DriveTimesS = times }, 1));
    }

    [Fact]
    public void ItsVoltageAndEnergyAreThoseOfTheIntegrator()
    {
        // Below 1e-5 the integrator takes the pieces.
        (var exact, var other, var expected) = Run(1e-7, 1);
        (var ours, var cell, var result) = Run(3e-4, 4);
        Assert.Equal(StepEnd.Time, result.End);
        Assert.True(ours.SolverSteps.Accepted < 60 && exact.SolverSteps.Accepted > 200, $"{ours.SolverSteps}, {exact.SolverSteps}");
        Assert.Equal(other.VoltageV(exact.State), cell.VoltageV(ours.State), 1e-4);
        Assert.Equal(expected.ChargeAh, result.ChargeAh, 1e-12);
        Assert.Equal(1, result.EnergyWh / expected.EnergyWh, 1e-4);
    }

    [Fact]
    public void TheErrorFallsWithTheSquareOfTheStep()
    {
        // A tolerance that never asks for a shorter step; the salt's rule leans a little to order one.
        (var exact, var other, _) = Run(1e-7, 1);
        double Error(int parts)
        {
            (var ours, var cell, _) = Run(0.1, parts);
            double salt = 0;
            ReadOnlySpan<double> now = cell.ElectrolyteMolPerM3(ours.State), there = other.ElectrolyteMolPerM3(exact.State);
            for (int i = 0; i < now.Length; i++) salt = Math.Max(salt, Math.Abs(now[i] - there[i]));
            return salt;
        }

        double coarse = Error(1), fine = Error(4);
        Assert.True(coarse / fine > 8, $"{coarse} and {fine} mol/m³");
    }

    [Fact]
    public void LithiumAndSaltAreConserved()
    {
        (var runner, var cell, var result) = Run(3e-4, 1);
        var set = cell.Set;
        (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(0.6);
        (double negativeNow, double positiveNow) = cell.MeanStoichiometry(runner.State);
        Assert.Equal(negative + result.ChargeAh / set.ElectrodeCapacityAh(set.Negative), negativeNow, 1e-12);
        Assert.Equal(positive - result.ChargeAh / set.ElectrodeCapacityAh(set.Positive), positiveNow, 1e-12);
        double salt = 0, atRest = 0;
        for (int i = 0; i < cell.Mesh.Count; i++)
        {
            double pores = cell.Mesh.PorosityFraction[i] * cell.Mesh.WidthM[i];
            salt += pores * cell.ElectrolyteMolPerM3(runner.State)[i];
            atRest += pores * set.Electrolyte.ConcentrationMolPerM3;
        }

        Assert.Equal(1, salt / atRest, 1e-12);
    }

    [Fact]
    public void ACutOffInsideAPieceIsMetExactly()
    {
        var set = PhysicsSets.Of("chen2020");
        var cell = CellFactory.Create(ModelKind.Dfn, set, Resolution.Normal, false);
        var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity };
        (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(0.5);
        runner.Rest(negative, positive);
        var result = runner.Run(new ExperimentStep { Text = "drive", Mode = StepMode.Drive, DriveA = [0, -2, -16, -4, 0], UntilV = 3.5 }, 1);
        Assert.Equal(StepEnd.Voltage, result.End);
        Assert.Equal(3.5, cell.VoltageV(runner.State), 1e-9);
    }

    [Fact]
    public void AParticleThatRunsEmptyEndsTheRun()
    {
        (var runner, _, var result) = Run(3e-4, 1, startSoc: 0, factor: 4);
        Assert.Equal(StepEnd.SolutionEnds, result.End);
        Assert.All(runner.State.ToArray(), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        (var runner, _, _) = Run(3e-4, 1);
        long Allocated(int knots)
        {
            var step = new ExperimentStep { Text = "drive", Mode = StepMode.Drive, DriveA = [.. Enumerable.Range(0, knots).Select(k => -2.0 - k % 3)] };
            long before = GC.GetAllocatedBytesForCurrentThread();
            runner.Run(step, 1);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(10);
        Assert.Equal(Allocated(10), Allocated(200));
    }
}
