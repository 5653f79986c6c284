using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Numerics.Stiff;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>A·x by central differences of f along random x, then Solve must give x back.</summary>
static class JacobianCheck
{
    /// <summary>A state that a hundred seconds of a constant current lead to, from rest at these stoichiometries.</summary>
    public static double[] StateInUse(DfnSystem system, double negative, double positive, double currentA)
    {
        system.Load = new ConstantCurrent(currentA);
        double[] state = new double[system.Size];
        system.Rest(state, negative, positive);
        system.GuessPotentials(state, currentA);
        Assert.True(ConsistentState.Solve(system, 0, state, 1e-12, 0.2, system.PotentialCount, new double[2 * system.Size]));
        var integrator = new RosenbrockIntegrator(system, RosenbrockTableau.Rodas4P2);
        integrator.Start(0, state, 1e-3);
        while (integrator.Time < 100) Assert.Equal(StepOutcome.Accepted, integrator.Step(100));
        integrator.State.CopyTo(state);
        // A load that is set asks for a new column of the temperature; that of some steps ago would do for a step, not here.
        system.Load = new ConstantCurrent(currentA);
        return state;
    }

    public static void SolveInvertsAShiftedJacobian(ElectrochemicalCell system, double[] state, double shiftPerS, Func<int, double>? scale = null)
    {
        const double h = 1e-4;
        int n = system.Size;
        double[] rate = new double[n], scratch = new double[n], x = new double[n], b = new double[n], up = new double[n], down = new double[n];
        var random = new Random(1);
        for (int trial = 0; trial < 5; trial++)
        {
            for (int i = 0; i < n; i++) x[i] = (random.NextDouble() - 0.5) * Scale(i);
            system.Evaluate(0, [.. state.Zip(x, (s, d) => s + h * d)], up);
            system.Evaluate(0, [.. state.Zip(x, (s, d) => s - h * d)], down);
            for (int i = 0; i < n; i++) b[i] = (i < system.DifferentialCount ? shiftPerS * x[i] : 0) - (up[i] - down[i]) / (2 * h);
            system.Evaluate(0, state, rate);
            system.Linearise(0, state, scratch);
            Assert.True(system.Factorise(shiftPerS));
            system.Solve(b);
            for (int i = 0; i < n; i++) Assert.Equal(x[i], b[i], 2e-4 * Scale(i));
        }

        double Scale(int i) => scale is not null ? scale(i) : i >= system.DifferentialCount ? 0.02 : Math.Max(0.02, 0.02 * Math.Abs(state[i]));
    }
}
