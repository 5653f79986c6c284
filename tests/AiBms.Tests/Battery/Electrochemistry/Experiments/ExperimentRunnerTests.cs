using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.SingleParticle;

namespace AiBms.Tests.Battery.Electrochemistry.Experiments;

public class ExperimentRunnerTests
{
    public static TheoryData<string> Models => ["SPM", "SPMe", "DFN"];

    static ElectrochemicalCell Cell(string model, bool heat = false) => model == "DFN"
        ? new DfnSystem(PhysicsSets.Of("chen2020"), new() { NegativeCells = 6, SeparatorCells = 3, PositiveCells = 6, ParticleTerms = 8, LumpedThermal = heat })
        : new SpmSystem(PhysicsSets.Of("chen2020"), new() { WithElectrolyte = model == "SPMe", LumpedThermal = heat });

    static IReadOnlyList<StepResult> Run(ExperimentRunner runner, string text) => runner.Run(new ExperimentParser(5, _ => new([0.0, -2, -8, 3, -1, 0])).Parse(text));

    [Theory]
    [MemberData(nameof(Models))]
    public void ADischargeAndACccvChargeMoveTheChargeTheySay(string model)
    {
        var cell = Cell(model);
        var runner = new ExperimentRunner(cell);
        double before = cell.MeanStoichiometry(runner.State).Negative;
        var results = Run(runner, "Discharge at 1C until 3 V; Rest for 1 hour; Charge at 0.5C until 4.1 V; Hold at 4.1 V until C/20; Discharge at 10 W for 300 s; Discharge at 2 ohm for 100 s");
        Assert.Equal([StepEnd.Voltage, StepEnd.Time, StepEnd.Voltage, StepEnd.Current, StepEnd.Time, StepEnd.Time], results.Select(r => r.End));
        double capacityAh = cell.Set.ElectrodeCapacityAh(cell.Set.Negative);
        // Constant currents are counted exactly, and charge is a state of the solver, so both books agree to rounding.
        Assert.Equal(before + results.Sum(r => r.ChargeAh) / capacityAh, cell.MeanStoichiometry(runner.State).Negative, 1e-10);
        Assert.Equal(-5 * (results[0].EndS - results[0].StartS) / 3600, results[0].ChargeAh, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void EndsAreMetExactly(string model)
    {
        var cell = Cell(model);
        var runner = new ExperimentRunner(cell);
        Run(runner, "Discharge at 1C until 3.5 V");
        Assert.Equal(3.5, cell.VoltageV(runner.State), 1e-8);
        Run(runner, "Hold at 4.0 V until C/10");
        Assert.Equal(4.0, cell.VoltageV(runner.State), 2e-5);
        Assert.Equal(0.5, runner.State[cell.CurrentIndex], 1e-5);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AStateOfChargeIsMetByTheChargeThatWasMoved(string model)
    {
        var cell = Cell(model);
        var runner = new ExperimentRunner(cell);
        var balance = new ElectrodeBalance(cell.Set);
        double before = balance.Soc(cell.MeanStoichiometry(runner.State).Negative);
        var results = Run(runner, "Discharge at 1C until 60 % SOC; Rest for 100 s; Charge at 0.5C until 75% SOC or 4.2 V; Charge at 0.5C until 70 % SOC");
        Assert.Equal([StepEnd.Soc, StepEnd.Time, StepEnd.Soc, StepEnd.MetAtStart], results.Select(r => r.End));
        Assert.Equal(0.6 - before, results[0].ChargeAh / balance.CapacityAh, 1e-10);
        Assert.Equal(0.75, balance.Soc(cell.MeanStoichiometry(runner.State).Negative), 1e-10);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void APlatingMarginEndsACharge(string model)
    {
        var cell = Cell(model);
        var runner = new ExperimentRunner(cell);
        (double negative, double positive) = new ElectrodeBalance(cell.Set).Stoichiometries(0.4);
        runner.Rest(negative, positive);
        var results = Run(runner, "Charge at 2C until 5 mV margin; Charge at 2C until 0.005 V margin or 4.2 V");
        Assert.Equal([StepEnd.PlatingMargin, StepEnd.MetAtStart], results.Select(r => r.End));
        cell.Evaluate(runner.TimeS, runner.State, new double[cell.Size]);
        Assert.Equal(0.005, cell.PlatingMarginV, 1e-8);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AControlOfTheUsersOwnIsFollowed(string model)
    {
        // The same power, once in the model's words and once as a function.
        StepResult Power(ILoad? control)
        {
            var step = new ExperimentStep { Text = "20 W", Mode = control is null ? StepMode.Power : StepMode.Control, HeldNumber = -20, Control = control, DurationS = 600 };
            return new ExperimentRunner(Cell(model)).Run(step, 1);
        }

        var (told, asked) = (Power(null), Power(new ControlFunction((_, currentA, voltageV) => -20 - currentA * voltageV)));
        Assert.Equal(StepEnd.Time, asked.End);
        Assert.Equal(told.ChargeAh, asked.ChargeAh, 1e-7);
        Assert.Equal(-20.0 / 6, asked.EnergyWh, 1e-3);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AnEndThatIsAlreadyMetPassesTheStepOver(string model)
    {
        var runner = new ExperimentRunner(Cell(model));
        var result = Assert.Single(Run(runner, "Charge at 1C until 4.0 V"));
        Assert.Equal(StepEnd.MetAtStart, result.End);
        Assert.Equal(0, runner.TimeS);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void AnEmptyCellEndsTheRunWithAReasonNotWithAnError(string model)
    {
        var result = Assert.Single(Run(new ExperimentRunner(Cell(model)), "Discharge at 1C for 3 hours"));
        Assert.Contains(result.End, (StepEnd[])[StepEnd.SolutionEnds, StepEnd.Infeasible]);
        Assert.InRange(result.EndS, 3400, 4000);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ADriveCycleFollowsItsKnots(string model)
    {
        var cell = Cell(model, heat: true);
        var runner = new ExperimentRunner(cell) { PeriodS = 0.5 };
        var log = new CurrentLog();
        runner.Observer = log;
        var result = Assert.Single(Run(runner, "Drive cycle X"));
        Assert.Equal(StepEnd.Time, result.End);
        Assert.Equal(5, runner.TimeS);
        // The trapezium under the knots 0, −2, −8, 3, −1, 0.
        Assert.Equal(-8 / 3600.0, result.ChargeAh, 1e-9);
        Assert.Contains(log.Points, p => p.TimeS == 1.5 && Math.Abs(p.CurrentA + 5) < 1e-9);
        Assert.True(cell.TemperatureK(runner.State) > 298.15);
    }

    sealed class CurrentLog : IRunObserver
    {
        public List<(double TimeS, double CurrentA)> Points { get; } = [];

        public void Point(int stepNumber, double timeS, ElectrochemicalCell cell, ReadOnlySpan<double> state) => Points.Add((timeS, state[cell.CurrentIndex]));
    }
}
