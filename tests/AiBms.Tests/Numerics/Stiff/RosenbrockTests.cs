using AiBms.Numerics.Stiff;

namespace AiBms.Tests.Numerics.Stiff;

public class RosenbrockTests
{
    static readonly RosenbrockTableau[] All = [RosenbrockTableau.Rodas3, RosenbrockTableau.Rodas4P2];

    public static TheoryData<string> Methods => [.. All.Select(t => t.Name)];

    static RosenbrockTableau Of(string name) => All.Single(t => t.Name == name);

    [Theory]
    [MemberData(nameof(Methods))]
    public void TheMeasuredOrderIsTheStatedOne(string name)
    {
        var tableau = Of(name);
        double coarse = ErrorAt(tableau, 32), fine = ErrorAt(tableau, 64);
        Assert.InRange(Math.Log2(coarse / fine), tableau.Order - 0.25, tableau.Order + 0.6);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void AnAlgebraicUnknownStaysOnItsEquation(string name)
    {
        var system = new TwoUnknowns { Tolerance = 1e-7 };
        var integrator = Started(system, Of(name), 0.01);
        while (integrator.Time < 1) Assert.Equal(StepOutcome.Accepted, integrator.Step(1));
        Assert.Equal(1, integrator.Time);
        Assert.Equal(TwoUnknowns.Exact(1), integrator.State[0], 1e-5);
        Assert.Equal(TwoUnknowns.Algebraic(1), integrator.State[1], 1e-5);
    }

    [Fact]
    public void DenseOutputIsAsGoodInsideAStepAsTheToleranceAsks()
    {
        var system = new TwoUnknowns { Tolerance = 1e-7 };
        var integrator = Started(system, RosenbrockTableau.Rodas4P2, 0.01);
        while (integrator.Time < 1)
        {
            Assert.Equal(StepOutcome.Accepted, integrator.Step(1));
            double inside = 0.37 * integrator.StepStart + 0.63 * integrator.Time;
            Assert.Equal(TwoUnknowns.Exact(inside), integrator.Interpolate(inside, 0), 1e-5);
            Assert.Equal(TwoUnknowns.Algebraic(inside), integrator.Interpolate(inside, 1), 1e-5);
        }
    }

    [Fact]
    public void ARedoneStepEndsWhereItIsTold()
    {
        var integrator = Started(new TwoUnknowns { Tolerance = 1e-6 }, RosenbrockTableau.Rodas4P2, 0.1);
        Assert.Equal(StepOutcome.Accepted, integrator.Step(1));
        double middle = 0.5 * integrator.Time;
        Assert.True(integrator.Redo(middle));
        Assert.Equal(middle, integrator.Time);
        Assert.Equal(TwoUnknowns.Exact(middle), integrator.State[0], 1e-5);
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        var integrator = Started(new TwoUnknowns { Tolerance = 1e-4 }, RosenbrockTableau.Rodas4P2, 0.001);
        integrator.Step(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) integrator.Step(10);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void AWallInTheSolutionIsReportedNotCrossed()
    {
        // y' = y² from 1 grows without bound at t = 1.
        var integrator = new RosenbrockIntegrator(new Blowup(), RosenbrockTableau.Rodas4P2);
        integrator.Start(0, [1], 0.01);
        var outcome = StepOutcome.Accepted;
        for (int i = 0; i < 100_000 && outcome == StepOutcome.Accepted && integrator.Time < 2; i++) outcome = integrator.Step(2);
        Assert.Equal(StepOutcome.StepTooSmall, outcome);
        Assert.Equal(1, integrator.Time, 1e-6);
    }

    static double ErrorAt(RosenbrockTableau tableau, int steps)
    {
        var integrator = Started(new TwoUnknowns { Tolerance = 1e9 }, tableau, 1.0 / steps);
        integrator.LargestStep = 1.0 / steps;
        while (integrator.Time < 1) Assert.Equal(StepOutcome.Accepted, integrator.Step(1));
        return Math.Abs(integrator.State[0] - TwoUnknowns.Exact(1)) + Math.Abs(integrator.State[1] - TwoUnknowns.Algebraic(1));
    }

    static RosenbrockIntegrator Started(TwoUnknowns system, RosenbrockTableau tableau, double firstStep)
    {
        var integrator = new RosenbrockIntegrator(system, tableau);
        integrator.Start(0, [TwoUnknowns.Exact(0), TwoUnknowns.Algebraic(0)], firstStep);
        return integrator;
    }

    /// <summary>y' = −y·z + cos t + y·z*, 0 = z² + y·… with the exact solution y = 2 + sin t, z = √(1 + y): stiff enough, nonlinear, not autonomous.</summary>
    sealed class TwoUnknowns : IStiffSystem
    {
        double _a, _b, _c, _d;

        public double Tolerance { get; init; }

        public int Size => 2;

        public int DifferentialCount => 1;

        public static double Exact(double t) => 2 + Math.Sin(t);

        public static double Algebraic(double t) => Math.Sqrt(1 + Exact(t));

        public void Evaluate(double timeS, ReadOnlySpan<double> state, Span<double> derivatives)
        {
            double y = state[0], z = state[1], exact = Exact(timeS);
            derivatives[0] = Math.Cos(timeS) - 5 * (y * z - exact * Math.Sqrt(1 + exact));
            derivatives[1] = z * z - 1 - y;
        }

        public void Linearise(double timeS, ReadOnlySpan<double> state, Span<double> timeDerivative)
        {
            (_a, _b, _c, _d) = (-5 * state[1], -5 * state[0], -1, 2 * state[1]);
            double exact = Exact(timeS), root = Math.Sqrt(1 + exact);
            timeDerivative[0] = -Math.Sin(timeS) + 5 * Math.Cos(timeS) * (root + exact / (2 * root));
            timeDerivative[1] = 0;
        }

        public bool Factorise(double shiftPerS)
        {
            (_a, _b, _c, _d) = (shiftPerS - _a, -_b, -_c, -_d);
            return true;
        }

        public void Solve(Span<double> residuals)
        {
            double determinant = _a * _d - _b * _c;
            (residuals[0], residuals[1]) = ((_d * residuals[0] - _b * residuals[1]) / determinant, (_a * residuals[1] - _c * residuals[0]) / determinant);
        }

        public double ErrorNorm(ReadOnlySpan<double> errorState, ReadOnlySpan<double> state) =>
            Math.Max(Math.Abs(errorState[0]), Math.Abs(errorState[1])) / Tolerance;
    }

    sealed class Blowup : IStiffSystem
    {
        double _slope, _pivot;

        public int Size => 1;

        public int DifferentialCount => 1;

        public void Evaluate(double timeS, ReadOnlySpan<double> state, Span<double> derivatives) => derivatives[0] = state[0] * state[0];

        public void Linearise(double timeS, ReadOnlySpan<double> state, Span<double> timeDerivative) => (_slope, timeDerivative[0]) = (2 * state[0], 0);

        public bool Factorise(double shiftPerS)
        {
            _pivot = 1 / (shiftPerS - _slope);
            return double.IsFinite(_pivot);
        }

        public void Solve(Span<double> residuals) => residuals[0] *= _pivot;

        public double ErrorNorm(ReadOnlySpan<double> errorState, ReadOnlySpan<double> state) => Math.Abs(errorState[0]) / (1e-6 * Math.Abs(state[0]));
    }
}
