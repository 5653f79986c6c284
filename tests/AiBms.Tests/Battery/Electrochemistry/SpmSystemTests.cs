using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.Particles;
using AiBms.Battery.Electrochemistry.SingleParticle;
using AiBms.Numerics.Stiff;

namespace AiBms.Tests.Battery.Electrochemistry;

public class SpmSystemTests
{
    [Fact]
    public void AConstantCurrentFollowsTheClosedForm()
    {
        // Every mode of a particle obeys a' = −λa − b·I, so the surface and with it the voltage have a closed form.
        const double currentA = -5;
        (var system, double[] state) = Started("chen2020", currentA, new() { ParticleTerms = 8 }, 1e-6);
        var integrator = new RosenbrockIntegrator(system, RosenbrockTableau.Rodas4P2) { ChecksInside = true };
        integrator.Start(0, state, 1e-3);
        while (integrator.Time < 1200)
        {
            Assert.Equal(StepOutcome.Accepted, integrator.Step(1200));
            double middleS = 0.5 * (integrator.StepStart + integrator.Time);
            Assert.Equal(ClosedForm(middleS), integrator.Interpolate(middleS, system.CollectorIndex), 2e-5);
            Assert.Equal(ClosedForm(integrator.Time), integrator.State[system.CollectorIndex], 5e-6);
        }

        double ClosedForm(double timeS)
        {
            var set = system.Set;
            var modes = new SphereModes(8);
            double Potential(AiBms.Battery.Electrochemistry.Parameters.ElectrodeParameters e, int sign)
            {
                double j = sign * currentA / (set.ElectrodeAreaM2 * e.SurfacePerM * e.ThicknessM), x = e.InitialStoichiometry;
                double unit = 3 * j / (Constants.FaradayCPerMol * e.ParticleRadiusM * e.MaximumConcentrationMolPerM3);
                double rate = e.DiffusivityM2PerS.At(0.5, 298.15) / (e.ParticleRadiusM * e.ParticleRadiusM);
                x -= unit * timeS;
                for (int k = 1; k < 8; k++)
                    x -= unit * modes.SurfaceValues[k] * modes.SurfaceValues[k] * (1 - Math.Exp(-rate * modes.Eigenvalues[k] * timeS)) / (rate * modes.Eigenvalues[k]);
                double j0 = e.ExchangeCurrent.At(1, x, out _);
                return e.OpenCircuitPotentialV.At(x, 298.15) + 2 * Constants.GasJPerMolK * 298.15 / Constants.FaradayCPerMol * Math.Asinh(j / (2 * j0));
            }

            return Potential(set.Positive, 1) - Potential(set.Negative, -1);
        }
    }

    [Theory]
    [InlineData(false, false, "current")]
    [InlineData(true, false, "voltage")]
    [InlineData(true, true, "power")]
    [InlineData(false, true, "resistance")]
    public void TheSolverInvertsTheJacobianOfTheEquations(bool electrolyte, bool heat, string load)
    {
        (var system, double[] state) = Started("marquis2019", -1.3, new() { WithElectrolyte = electrolyte, LumpedThermal = heat, ParticleTerms = 4, NegativeCells = 4, PositiveCells = 3 }, 1e-4);
        var integrator = new RosenbrockIntegrator(system, RosenbrockTableau.Rodas4P2);
        integrator.Start(0, state, 1e-3);
        while (integrator.Time < 200) Assert.Equal(StepOutcome.Accepted, integrator.Step(200));
        integrator.State.CopyTo(state);
        system.Load = load switch
        {
            "voltage" => new ConstantVoltage(3.7),
            "power" => new ConstantPower(-4),
            "resistance" => new ConstantResistance(2),
            _ => new ConstantCurrent(-1.3),
        };
        JacobianCheck.SolveInvertsAShiftedJacobian(system, state, 0.02);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LithiumAndSaltAreConserved(bool electrolyte)
    {
        const double currentA = -5;
        (var system, double[] state) = Started("chen2020", currentA, new() { WithElectrolyte = electrolyte }, 1e-4);
        var set = system.Set;
        (double negative, double positive) = system.MeanStoichiometry(state);
        var integrator = new RosenbrockIntegrator(system, RosenbrockTableau.Rodas4P2);
        integrator.Start(0, state, 1e-3);
        while (integrator.Time < 1800) Assert.Equal(StepOutcome.Accepted, integrator.Step(1800));
        (double negativeNow, double positiveNow) = system.MeanStoichiometry(integrator.State);
        Assert.Equal(negative + currentA * 0.5 / set.ElectrodeCapacityAh(set.Negative), negativeNow, 1e-12);
        Assert.Equal(positive - currentA * 0.5 / set.ElectrodeCapacityAh(set.Positive), positiveNow, 1e-12);
    }

    [Fact]
    public void TheElectrolyteSettlesToItsSteadyOhmicAndConcentrationDrops()
    {
        // At t = 0: V = OCV + kinetics + I·(L/3κB + L/κB + L/3κB + L/3σ + L/3σ)/A, each term by hand.
        const double currentA = -5;
        (var spm, double[] plain) = Started("chen2020", currentA, new(), 1e-4);
        (var spme, double[] full) = Started("chen2020", currentA, new() { WithElectrolyte = true }, 1e-4);
        var set = spm.Set;
        double kappa = set.Electrolyte.ConductivitySPerM.At(1000, 298.15);
        double ohm = (set.Negative.ThicknessM / (3 * kappa * set.Negative.TransportFraction) + set.Separator.ThicknessM / (kappa * set.Separator.TransportFraction)
            + set.Positive.ThicknessM / (3 * kappa * set.Positive.TransportFraction)
            + set.Negative.ThicknessM / (3 * set.Negative.ConductivitySPerM) + set.Positive.ThicknessM / (3 * set.Positive.ConductivitySPerM)) / set.ElectrodeAreaM2;
        Assert.Equal(spm.VoltageV(plain) + currentA * ohm, spme.VoltageV(full), 1e-12);
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        (var system, double[] state) = Started("marquis2019", -0.7, new() { LumpedThermal = true, WithElectrolyte = true }, 1e-4);
        var integrator = new RosenbrockIntegrator(system, RosenbrockTableau.Rodas4P2) { ChecksInside = true };
        integrator.Start(0, state, 1e-3);
        integrator.Step(1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) integrator.Step(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    static (SpmSystem System, double[] State) Started(string id, double currentA, SpmOptions options, double tolerance)
    {
        var set = PhysicsSets.Of(id);
        var system = new SpmSystem(set, options) { Load = new ConstantCurrent(currentA), Tolerance = tolerance };
        double[] state = new double[system.Size];
        system.Rest(state, set.Negative.InitialStoichiometry, set.Positive.InitialStoichiometry);
        system.GuessPotentials(state, currentA);
        Assert.True(ConsistentState.Solve(system, 0, state, 1e-12, 0.2, system.PotentialCount, new double[2 * system.Size]));
        return (system, state);
    }
}
