using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Numerics;
using AiBms.Numerics.Expressions;
using AiBms.Numerics.Stiff;

namespace AiBms.Tests.Battery.Electrochemistry;

public class VaryingDiffusivityTests
{
    [Theory]
    [InlineData(ModelKind.Spm)]
    [InlineData(ModelKind.Dfn)]
    public void ADiffusivityThatHappensNotToVaryGivesTheModesAnswer(ModelKind kind)
    {
        var set = PhysicsSets.Of("chen2020");
        var flat = new TabulatedFunction(new CubicTable(0, 1, 8, _ => (3.3e-14, 0)), new(0, 298.15));
        var same = set with { Negative = set.Negative with { DiffusivityM2PerS = flat } };
        Assert.Equal(EndVoltageV(set), EndVoltageV(same), 1e-6);

        double EndVoltageV(ParameterSet of)
        {
            var cell = CellFactory.Create(kind, of, new(5, 2, 8, 1e-6), false);
            var runner = new ExperimentRunner(cell);
            runner.Run(new ExperimentParser(5).Parse("Discharge at 1C for 600 s"));
            return cell.VoltageV(runner.State);
        }
    }

    [Fact]
    public void TheSolverInvertsTheJacobianOfTheEquations()
    {
        var set = PhysicsSets.Of("ecker2015");
        var system = new DfnSystem(set, new() { NegativeCells = 4, SeparatorCells = 2, PositiveCells = 3, ParticleTerms = 5 }) { Tolerance = 1e-4 };
        double[] state = JacobianCheck.StateInUse(system, set.Negative.InitialStoichiometry, set.Positive.InitialStoichiometry, -0.3);
        JacobianCheck.SolveInvertsAShiftedJacobian(system, state, 0.02);
    }

    [Fact]
    public void LithiumIsConservedAndMoreTermsConvergeFast()
    {
        var set = PhysicsSets.Of("ecker2015");
        double VoltageV(int terms)
        {
            var cell = CellFactory.Create(ModelKind.Spm, set, new(4, 2, terms, 1e-7), false);
            var runner = new ExperimentRunner(cell);
            double before = cell.MeanStoichiometry(runner.State).Negative;
            runner.Run(new ExperimentParser(set.CapacityAh).Parse("Discharge at 2C for 600 s"));
            Assert.Equal(before - set.CapacityAh / 3 / set.ElectrodeCapacityAh(set.Negative), cell.MeanStoichiometry(runner.State).Negative, 1e-12);
            return cell.VoltageV(runner.State);
        }

        double reference = VoltageV(20);
        Assert.InRange(Math.Abs(VoltageV(10) - reference), 0, 1e-5);
        Assert.InRange(Math.Abs(VoltageV(6) - reference), 0, 1e-3);
    }

    [Fact]
    public void AFormulaInTemperatureGivesTheSameDirectlyAndFromItsTable()
    {
        // The 2,000th call at one temperature switches to a table.
        var formula = Expression.Parse("(1 + c^2)*exp(300/T)", "c", "T");
        var function = new FormulaFunction(formula, 1000, false, new(0, 298.15));
        double direct = function.At(1234, 310, out double slope), integral = function.IntegralAt(1234, 310, out _) - function.IntegralAt(700, 310, out _);
        for (int i = 0; i < 3000; i++) function.At(1234, 310, out _);
        Assert.Equal(direct, function.At(1234, 310, out double tableSlope), 1e-9);
        Assert.Equal(slope, tableSlope, 1e-9);
        double exact = Math.Exp(300.0 / 310) * 1000 * (1.234 - 0.7 + (1.234 * 1.234 * 1.234 - 0.343) / 3);
        Assert.Equal(exact, integral, 1e-6 * exact);
        Assert.Equal(exact, function.IntegralAt(1234, 310, out _) - function.IntegralAt(700, 310, out _), 1e-8 * exact);
    }
}
