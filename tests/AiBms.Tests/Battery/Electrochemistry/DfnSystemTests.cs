using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Numerics.Stiff;

namespace AiBms.Tests.Battery.Electrochemistry;

public class DfnSystemTests
{
    [Theory]
    [InlineData("chen2020", -5.0, 4.037243709)]
    [InlineData("marquis2019", -0.680616, 3.771268809)]
    public void TheFirstVoltageConvergesToTheBoundaryValueProblemWithOrderTwo(string id, double currentA, double exactV)
    {
        // At t = 0 concentrations are even and the model is one boundary-value problem an electrode; exactV is its solution by
        // collocation with a tolerance of 1e-10 (Kierzenka and Shampine's bvp4c scheme as in SciPy's solve_bvp).
        double Error(int cells)
        {
            (var system, double[] state) = Started(id, currentA, new() { NegativeCells = cells, SeparatorCells = cells / 2, PositiveCells = cells });
            return Math.Abs(system.VoltageV(state) - exactV);
        }

        double coarse = Error(20), fine = Error(40);
        Assert.InRange(Math.Log2(coarse / fine), 1.8, 2.2);
        Assert.InRange(fine, 0, 2e-5);
    }

    [Theory]
    [InlineData(false, "current")]
    [InlineData(true, "current")]
    [InlineData(false, "voltage")]
    [InlineData(true, "power")]
    public void TheSolverInvertsTheJacobianOfTheEquations(bool heat, string load)
    {
        (var system, double[] state) = Started("marquis2019", -1.3, new() { NegativeCells = 5, SeparatorCells = 3, PositiveCells = 4, ParticleTerms = 4, LumpedThermal = heat });
        var integrator = new RosenbrockIntegrator(system, RosenbrockTableau.Rodas4P2);
        integrator.Start(0, state, 1e-3);
        while (integrator.Time < 200) Assert.Equal(StepOutcome.Accepted, integrator.Step(200));
        integrator.State.CopyTo(state);
        system.Load = load switch
        {
            "voltage" => new ConstantVoltage(3.7),
            "power" => new ConstantPower(-4),
            _ => new ConstantCurrent(-1.3),
        };

        JacobianCheck.SolveInvertsAShiftedJacobian(system, state, 0.02);
    }

    [Fact]
    public void LithiumSaltAndChargeAreConserved()
    {
        const double currentA = -5;
        (var system, double[] state) = Started("chen2020", currentA, new());
        var set = system.Set;
        (double negative, double positive) = system.MeanStoichiometry(state);
        double salt = Salt(system, state);
        var integrator = new RosenbrockIntegrator(system, RosenbrockTableau.Rodas4P2);
        integrator.Start(0, state, 1e-3);
        while (integrator.Time < 1800) Assert.Equal(StepOutcome.Accepted, integrator.Step(1800));

        double movedAh = currentA * 0.5;
        (double negativeNow, double positiveNow) = system.MeanStoichiometry(integrator.State);
        Assert.Equal(negative + movedAh / set.ElectrodeCapacityAh(set.Negative), negativeNow, 1e-11);
        Assert.Equal(positive - movedAh / set.ElectrodeCapacityAh(set.Positive), positiveNow, 1e-11);
        Assert.Equal(1, Salt(system, integrator.State) / salt, 1e-12);
    }

    [Fact]
    public void AtRestNothingMovesAndTheVoltageIsTheOpenCircuitOne()
    {
        (var system, double[] state) = Started("chen2020", 0, new());
        var set = system.Set;
        double open = set.Positive.OpenCircuitPotentialV.At(set.Positive.InitialStoichiometry, 298.15)
            - set.Negative.OpenCircuitPotentialV.At(set.Negative.InitialStoichiometry, 298.15);
        double[] rate = new double[system.Size];
        system.Evaluate(0, state, rate);
        Assert.All(rate, r => Assert.Equal(0, r, 1e-12));
        Assert.Equal(open, system.VoltageV(state), 1e-12);
    }

    [Fact]
    public void WithoutCoolingTheHeatIsTheEnergyThatTheElectrodesDoNotStore()
    {
        // At t = 0 the stored power is I·(U₊ − U₋) exactly, so the heat is I·(V − OCV): no other term may appear.
        (var system, double[] state) = Started("chen2020", -10, new() { LumpedThermal = true });
        double[] rate = new double[system.Size];
        system.Evaluate(0, state, rate);
        var set = system.Set;
        double open = set.Positive.OpenCircuitPotentialV.At(set.Positive.InitialStoichiometry, 298.15)
            - set.Negative.OpenCircuitPotentialV.At(set.Negative.InitialStoichiometry, 298.15);
        Assert.Equal(-10 * (system.VoltageV(state) - open), system.HeatW(-10, system.VoltageV(state), 298.15), 1e-9);
    }

    /// <summary>Heat is a small difference of large powers; between solver steps it must not swing with what the reactions miss of the current.</summary>
    [Fact]
    public void TheHeatOfACoarseToleranceIsThatOfAFineOne()
    {
        List<double[]> heats = [.. ((double[])[3e-4, 1e-7]).Select(tolerance =>
        {
            var cell = CellFactory.Create(ModelKind.Dfn, PhysicsSets.Of("chen2020"), Resolution.Normal with { Tolerance = tolerance }, true);
            var log = new HeatLog(cell);
            new ExperimentRunner(cell) { PeriodS = 5, Observer = log }.Run(new ExperimentParser(5).Parse("Discharge at 1C for 900 s"));
            return log.HeatW.ToArray();
        })];
        // The voltage itself differs by half a millivolt of the 150 that make the heat.
        Assert.All(heats[0].Zip(heats[1]), pair => Assert.Equal(1, pair.First / pair.Second, 5e-3));
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        (var system, double[] state) = Started("marquis2019", -0.7, new() { LumpedThermal = true });
        var integrator = new RosenbrockIntegrator(system, RosenbrockTableau.Rodas4P2);
        integrator.Start(0, state, 1e-3);
        integrator.Step(1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) integrator.Step(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    static (DfnSystem System, double[] State) Started(string id, double currentA, DfnOptions options)
    {
        var set = PhysicsSets.Of(id);
        var system = new DfnSystem(set, options) { Load = new ConstantCurrent(currentA), Tolerance = 1e-5 };
        double[] state = new double[system.Size];
        system.Rest(state, set.Negative.InitialStoichiometry, set.Positive.InitialStoichiometry);
        system.GuessPotentials(state, currentA);
        Assert.True(ConsistentState.Solve(system, 0, state, 1e-12, 0.2, 2 * system.Mesh.Count, new double[2 * system.Size]));
        return (system, state);
    }

    sealed class HeatLog(ElectrochemicalCell cell) : IRunObserver
    {
        readonly double[] _rate = new double[cell.Size];

        public List<double> HeatW { get; } = [];

        public void Point(int stepNumber, double timeS, ElectrochemicalCell at, ReadOnlySpan<double> state)
        {
            at.Evaluate(timeS, state, _rate);
            HeatW.Add(at.HeatW(state[at.CurrentIndex], at.VoltageV(state), at.TemperatureK(state)));
        }
    }

    static double Salt(DfnSystem system, ReadOnlySpan<double> state)
    {
        double sum = 0;
        var concentration = system.ElectrolyteMolPerM3(state);
        for (int i = 0; i < concentration.Length; i++) sum += concentration[i] * system.Mesh.PorosityFraction[i] * system.Mesh.WidthM[i];
        return sum;
    }
}
