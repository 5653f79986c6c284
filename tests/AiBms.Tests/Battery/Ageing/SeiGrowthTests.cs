using AiBms.Battery.Ageing;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.SingleParticle;
using AiBms.Tests.Battery.Electrochemistry;

namespace AiBms.Tests.Battery.Ageing;

public class SeiGrowthTests
{
    const double Days = 86400;

    [Fact]
    public void DiffusionThroughTheFilmGivesTheParabolicLaw()
    {
        // dL/dt = k/L has L² = L₀² + 2kt exactly, whatever the electrode does.
        var parameters = new SeiParameters();
        (var cell, var runner) = Stored(SeiLaw.SolventDiffusionLimited, 0.9, 1e-6);
        runner.Run(new ExperimentParser(5).Parse("Rest for 100 days"));
        double k = new SeiGrowth(SeiLaw.SolventDiffusionLimited, parameters).GrowthM3PerC
            * parameters.SolventDiffusivityM2PerS * parameters.SolventMolPerM3 * Constants.FaradayCPerMol;
        double exact = Math.Sqrt(25e-18 + 2 * k * 100 * Days);
        // A tolerance of 1e-6 allows 1e-5 of the first thickness a step.
        Assert.Equal(1, cell.Health(runner.State).Negative.FilmThicknessM / exact, 1e-5);
    }

    [Theory]
    [InlineData(SeiLaw.ReactionLimited)]
    [InlineData(SeiLaw.SolventDiffusionLimited)]
    [InlineData(SeiLaw.ElectronMigrationLimited)]
    [InlineData(SeiLaw.InterstitialDiffusionLimited)]
    [InlineData(SeiLaw.CarbonateReactionLimited)]
    public void TheFilmTakesExactlyTheLithiumThatTheParticlesLose(SeiLaw law)
    {
        (var cell, var runner) = Stored(law, 0.6, 1e-5);
        double before = cell.MeanStoichiometry(runner.State).Negative;
        runner.Run(new ExperimentParser(5).Parse("Rest for 10 days; Charge at C/5 for 1 hour"));
        double capacityAh = cell.Set.ElectrodeCapacityAh(cell.Set.Negative);
        double taken = before + 1 / capacityAh - cell.MeanStoichiometry(runner.State).Negative;
        Assert.True(cell.Health(runner.State).Negative.FilmAh > 0);
        Assert.Equal(cell.Health(runner.State).Negative.FilmAh, taken * capacityAh, 1e-9);
    }

    [Theory]
    [InlineData(SeiLaw.ReactionLimited)]
    [InlineData(SeiLaw.ElectronMigrationLimited)]
    [InlineData(SeiLaw.InterstitialDiffusionLimited)]
    public void AFullCellAgesFasterThanAnEmptyOne(SeiLaw law)
    {
        double Loss(double soc)
        {
            (var cell, var runner) = Stored(law, soc, 1e-4);
            runner.Run(new ExperimentParser(5).Parse("Rest for 30 days"));
            return cell.Health(runner.State).Negative.FilmAh;
        }

        Assert.True(Loss(0.95) > Loss(0.2));
    }

    [Fact]
    public void CyclesLoseCapacity()
    {
        (var cell, var runner) = Stored(SeiLaw.ReactionLimited, 1, 3e-4);
        var results = runner.Run(new ExperimentParser(5).Parse("repeat 30 { Discharge at 1C until 2.5 V; Charge at 0.5C until 4.2 V; Hold at 4.2 V until C/50 }"));
        double[] discharged = [.. results.Where(r => r.ChargeAh < 0).Select(r => -r.ChargeAh)];
        Assert.Equal(30, discharged.Length);
        for (int i = 3; i < 30; i++) Assert.True(discharged[i] < discharged[i - 1]);
    }

    static (SpmSystem Cell, ExperimentRunner Runner) Stored(SeiLaw law, double soc, double tolerance)
    {
        var set = PhysicsSets.Of("chen2020");
        var cell = new SpmSystem(set, new() { Ageing = new(new() { Film = new SeiGrowth(law, new()) }) }) { Tolerance = tolerance };
        var runner = new ExperimentRunner(cell);
        (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(soc);
        runner.Rest(negative, positive);
        return (cell, runner);
    }
}
