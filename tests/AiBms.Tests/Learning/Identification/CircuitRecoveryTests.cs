using AiBms.Battery.Cells;
using AiBms.Learning.Identification;
using Xunit;

namespace AiBms.Tests.Learning.Identification;

/// <summary>From noise-free recordings of a known circuit, the circuit comes back.</summary>
public class CircuitRecoveryTests
{
    static readonly FitRun[] Drives = [KnownCell.Drive(1), KnownCell.Drive(2), KnownCell.Drive(3)];

    [Fact]
    public void ResistancesAndTimeConstantsComeBack()
    {
        var circuit = CircuitFit.Identify(Drives, KnownCell.Curve(_ => 0), KnownCell.Options).ToParameters();

        // Node 1 is 25 °C, where the drives were. Penalties draw to what is true here; what is left is the search's own tolerance on time constants.
        Near(KnownCell.FastS, circuit.Pairs[0].TimeConstantS[1], 0.02);
        Near(KnownCell.SlowS, circuit.Pairs[1].TimeConstantS[1], 0.02);
        for (int s = 4; s < 20; s++)
        {
            Near(KnownCell.SeriesOhm, circuit.SeriesResistanceOhm[1][s], 0.01);
            Near(KnownCell.FastOhm, circuit.Pairs[0].ResistanceOhm[1][s], 0.02);
            Near(KnownCell.SlowOhm, circuit.Pairs[1].ResistanceOhm[1][s], 0.02);
        }
    }

    [Fact]
    public void AGuessedOcvIsCorrected()
    {
        var options = KnownCell.Options with { OcvIsMeasured = false };
        var circuit = CircuitFit.Identify(Drives, KnownCell.Curve(z => 0.03 - 0.02 * z), options).ToParameters();
        for (int k = 5; k <= 100; k++) Assert.InRange(circuit.OcvV[k] - KnownCell.Ocv(k / 100.0), -0.001, 0.001);
    }

    [Fact]
    public void AUnseenDriveIsSimulatedWithinAMillivolt()
    {
        var solution = CircuitFit.Identify(Drives, KnownCell.Curve(_ => 0), KnownCell.Options);
        Assert.All(solution.ResidualV(KnownCell.Drive(9)), error => Assert.InRange(error, -0.001, 0.001));
    }

    [Fact]
    public void RowsAfterStepsTellTheSameCircuit()
    {
        var circuit = CircuitFit.Identify(Drives, KnownCell.Curve(_ => 0), KnownCell.Options with { FollowSteps = true }).ToParameters();
        Near(KnownCell.FastS, circuit.Pairs[0].TimeConstantS[1], 0.02);
        Near(KnownCell.SeriesOhm, circuit.SeriesResistanceOhm[1][10], 0.01);
    }

    [Fact]
    public void TheResultDoesNotDependOnWhatElseTheThreadsDo()
    {
        var options = KnownCell.Options with { MaxEvaluations = 12 };
        CircuitSolution Fit() => CircuitFit.Identify(Drives, KnownCell.Curve(_ => 0), options);
        var alone = Fit();
        var beside = new CircuitSolution[4];
        Parallel.For(0, beside.Length, k => beside[k] = Fit());
        Assert.All(beside, solution => Assert.Equal(alone.Linear, solution.Linear));
    }

    [Fact]
    public void ThePenaltyIsSymmetricAndNeverNegative()
    {
        var design = new CircuitDesign(KnownCell.Options, new([4, 90], 0, 2500, 3000, 0, 0), KnownCell.Curve(_ => 0));
        int n = design.ColumnCount;
        double[] normal = new double[n * n], rhs = new double[n];
        FitPenalty.Add(normal, rhs, design, KnownCell.Options);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < i; j++) Assert.Equal(normal[i * n + j], normal[j * n + i], 1e-12 * (1 + Math.Abs(normal[i * n + j])));

        // The ridge of 1e-7 on every column makes it positive definite; without it, it would be so only up to rounding.
        Assert.True(AiBms.Numerics.Dense.Cholesky(normal, n));
    }

    [Fact]
    public void AHysteresisThatTheDataDoNotShowIsItsPrior()
    {
        var options = KnownCell.Options with { HysteresisPriorV = 0.015, FitHysteresis = false };
        var solution = CircuitFit.Identify(Drives, KnownCell.Curve(_ => 0), options);
        for (int k = 0; k < solution.Design.CoarseCount; k++) Assert.Equal(0.015, solution.Linear[solution.Design.HysteresisStart + k], 1e-6);
    }

    static void Near(double expected, double actual, double relative) => Assert.InRange(actual, expected * (1 - relative), expected * (1 + relative));
}
