using AiBms.Battery.Ageing;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.SingleParticle;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>Steps in modes with salt, heat, film and held voltages against the adaptive integrator, which a script asks for: same model, other mathematics.</summary>
public class ModalCourseTests
{
    const string Cycle = "Discharge at 1C until 2.8 V; Rest for 300 s; Charge at 0.5C until 4.1 V; Hold at 4.1 V until C/20";

    static CellAgeing Film(SeiLaw law) => new(new() { Film = new SeiGrowth(law, new()) });

    static (ExperimentRunner Runner, SpmSystem Cell, IReadOnlyList<StepResult> Results) Run(SpmOptions options, double tolerance, string text, bool byIntegrator)
    {
        var set = PhysicsSets.Of("chen2020");
        var cell = new SpmSystem(set, options) { Tolerance = tolerance };
        var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity, Script = byIntegrator ? new() : null };
        return (runner, cell, runner.Run(new ExperimentParser(set.CapacityAh).Parse(text)));
    }

    [Theory]
    [InlineData(SeiLaw.ReactionLimited)]
    [InlineData(SeiLaw.SolventDiffusionLimited)]
    public void HeatAndFilmGoAsTheIntegratorHasThem(SeiLaw law)
    {
        var options = new SpmOptions { LumpedThermal = true, Ageing = Film(law) };
        (var modal, var cell, var results) = Run(options, 1e-6, Cycle, false);
        (var exact, var other, var expected) = Run(options, 1e-7, Cycle, true);
        for (int k = 0; k < results.Count; k++)
        {
            Assert.Equal(expected[k].End, results[k].End);
            Assert.Equal(expected[k].ChargeAh, results[k].ChargeAh, 2e-5);
            Assert.Equal(expected[k].EnergyWh, results[k].EnergyWh, 1e-4);
        }

        Assert.Equal(other.TemperatureK(exact.State), cell.TemperatureK(modal.State), 2e-3);
        Assert.Equal(1, other.Health(exact.State).Negative.FilmThicknessM / cell.Health(modal.State).Negative.FilmThicknessM, 1e-5);
        Assert.Equal(1, other.Health(exact.State).Negative.FilmAh / cell.Health(modal.State).Negative.FilmAh, 1e-4);
    }

    [Fact]
    public void LithiumInParticlesAndFilmIsConserved()
    {
        var set = PhysicsSets.Of("chen2020");
        var options = new SpmOptions { LumpedThermal = true, Ageing = Film(SeiLaw.SolventDiffusionLimited) };
        (var runner, var cell, _) = Run(options, 1e-3, $"repeat 20 {{ {Cycle} }}", false);
        (double negative, double positive) = cell.MeanStoichiometry(runner.State);
        double Lithium(double n, double p) => n * set.ElectrodeCapacityAh(set.Negative) + p * set.ElectrodeCapacityAh(set.Positive);
        double first = Lithium(set.Negative.InitialStoichiometry, set.Positive.InitialStoichiometry);
        Assert.True(cell.Health(runner.State).Negative.FilmAh > 1e-3);
        Assert.Equal(first, Lithium(negative, positive) + cell.Health(runner.State).Negative.FilmAh, 1e-10 * first);
    }

    /// <summary>The finite volumes at 80 cells an electrode are 0.02 mV from their limit.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SaltGoesAsFineFiniteVolumesHaveIt(bool isThermal)
    {
        var options = new SpmOptions { WithElectrolyte = true, NegativeCells = 24, PositiveCells = 24, SeparatorCells = 6, LumpedThermal = isThermal };
        const string text = "Discharge at 1C for 30 s; Discharge at 1C for 300 s; Discharge at 2C for 120 s; Rest for 60 s; Charge at 1C for 200 s";
        for (int steps = 1; steps <= 5; steps++)
        {
            string part = string.Join(';', text.Split(';').Take(steps));
            (var modal, var cell, _) = Run(options, 1e-5, part, false);
            (var exact, var other, _) = Run(options with { NegativeCells = 80, PositiveCells = 80, SeparatorCells = 24 }, 1e-6, part, true);
            Assert.Equal(other.VoltageV(exact.State), cell.VoltageV(modal.State), 1e-4);
        }
    }

    [Fact]
    public void SaltIsConserved()
    {
        var options = new SpmOptions { WithElectrolyte = true };
        (var runner, var cell, _) = Run(options, 3e-4, Cycle, false);
        double salt = 0, rest = 0;
        for (int i = 0; i < cell.Mesh!.Count; i++)
        {
            double pores = cell.Mesh.PorosityFraction[i] * cell.Mesh.WidthM[i];
            salt += pores * cell.ElectrolyteMolPerM3(runner.State)[i];
            rest += pores * cell.Set.Electrolyte.ConcentrationMolPerM3;
        }

        Assert.Equal(1, salt / rest, 1e-12);
    }

    [Theory]
    [InlineData("Hold at 3.9 V for 600 s")]
    [InlineData("Discharge at 12 W for 600 s")]
    [InlineData("Discharge at 0.5 Ω for 600 s")]
    public void AnUnknownCurrentIsThatOfTheIntegrator(string text)
    {
        foreach (bool withElectrolyte in (ReadOnlySpan<bool>)[false, true])
        {
            // 40 cells, so that the meshes of both agree.
            var options = new SpmOptions { WithElectrolyte = withElectrolyte, NegativeCells = 40, SeparatorCells = 12, PositiveCells = 40 };
            (var modal, var cell, var results) = Run(options, 1e-5, text, false);
            (var exact, _, var expected) = Run(options, 1e-7, text, true);
            Assert.Equal(1, results[0].ChargeAh / expected[0].ChargeAh, 2e-4);
            Assert.Equal(exact.State[cell.CurrentIndex], modal.State[cell.CurrentIndex], 2e-3);
        }
    }
}
