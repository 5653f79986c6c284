using AiBms.Battery.Ageing;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.SingleParticle;
using AiBms.Tests.Battery.Electrochemistry;

namespace AiBms.Tests.Battery.Ageing;

public class CoupledAgeingTests
{
    const string Cycle = "Discharge at 1C until 2.5 V; Charge at 0.3C until 4.2 V; Hold at 4.2 V until C/100";

    [Fact]
    public void TheStepSolverInvertsTheJacobianWithFilmAndPlating()
    {
        // Cracks, lost and dying material are explicit by design, so they are left out here.
        var cell = Dfn(new(new() { Film = new SeiGrowth(SeiLaw.CarbonateReactionLimited, new()), Plating = new() { Kind = PlatingKind.Reversible } }), 4);
        var runner = new ExperimentRunner(cell);
        Assert.True(runner.Run(new ExperimentParser(5).Parse("Charge at 1C for 300 s"))[^1].Succeeded);
        double[] state = [.. runner.State];
        int ageing = cell.DifferentialCount - 2 - 4 * AgeingUnknowns;
        JacobianCheck.SolveInvertsAShiftedJacobian(cell, state, 0.1, i => i < ageing || i >= cell.DifferentialCount - 2
            ? i >= cell.DifferentialCount ? 0.02 : Math.Max(0.02, 0.02 * Math.Abs(state[i]))
            : ((i - ageing) % AgeingUnknowns) switch { 0 => 1e-10, 4 => 0.01, 5 or 6 => 0.01, _ => 0 });
    }

    [Fact]
    public void TheSingleParticleSolverInvertsItsJacobianWithFilmAndPlating()
    {
        var ageing = new CellAgeing(new() { Film = new SeiGrowth(SeiLaw.CarbonateReactionLimited, new()), Plating = new() { Kind = PlatingKind.Reversible } });
        var cell = new SpmSystem(PhysicsSets.Of("okane2022"), new() { ParticleTerms = 4, Ageing = ageing }) { Tolerance = 1e-4 };
        var runner = new ExperimentRunner(cell);
        Assert.True(runner.Run(new ExperimentParser(5).Parse("Charge at 1C for 300 s"))[^1].Succeeded);
        double[] state = [.. runner.State];
        int first = cell.DifferentialCount - 2 - AgeingUnknowns;
        JacobianCheck.SolveInvertsAShiftedJacobian(cell, state, 0.1, i => i < first
            ? 0.02
            : i >= cell.DifferentialCount - 2 ? 0.02 : (i - first) switch { 0 => 1e-10, 4 or 5 or 6 => 0.01, _ => 0 });
    }

    [Fact]
    public void PlatedMetalThatIsStrippedFastEndsNoRun()
    {
        // Stripping grows a millionfold through a discharge; at loose tolerances metal that was not there used to stop the solver.
        foreach (bool electrolyte in (bool[])[false, true])
        {
            var cell = new SpmSystem(PhysicsSets.Of("okane2022"), new() { WithElectrolyte = electrolyte, ParticleTerms = 8, Ageing = OKane() }) { Tolerance = 1e-3 };
            var runner = new ExperimentRunner(cell);
            foreach (var result in runner.Run(new ExperimentParser(5).Parse("repeat 30 { Discharge at 1C until 2.5 V; Charge at 0.3C until 4.2 V; Hold at 4.2 V until C/20 }")))
                Assert.True(result.Succeeded, $"{result.Step.Text}: {result.End}");
            Assert.Equal(0, cell.Health(runner.State).Positive.SideReactionsAh);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AJumpMakesNoLithium(bool dfn)
    {
        ElectrochemicalCell cell = dfn ? Dfn(OKane(), 4) : new SpmSystem(PhysicsSets.Of("okane2022"), new() { Ageing = OKane(), ParticleTerms = 6 }) { Tolerance = 1e-4 };
        var runner = new ExperimentRunner(cell);
        var cycle = new ExperimentParser(5).Parse(Cycle);
        runner.Run(cycle);
        double[] before = [.. runner.State];
        runner.Run(cycle);
        double[] there = [.. runner.State], change = [.. there.Zip(before, (a, b) => a - b)];
        cell.Extrapolate(there, change, 40);
        Assert.True(cell.Health(there).Negative.FilmAh > cell.Health(runner.State).Negative.FilmAh);
        // Material that is lost but still in use is counted as lost here: at most two millionths of it at a place.
        Assert.Equal(LithiumAh(cell, runner.State), LithiumAh(cell, there), 1e-6 * LithiumAh(cell, there));
        Assert.Equal(cell.Health(runner.State).Negative.PlatedAh, cell.Health(there).Negative.PlatedAh);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NoLithiumIsMadeOrLost(bool dfn)
    {
        var ageing = OKane();
        ElectrochemicalCell cell = dfn ? Dfn(ageing, 4) : new SpmSystem(PhysicsSets.Of("okane2022"), new() { Ageing = ageing, ParticleTerms = 6 }) { Tolerance = 1e-4 };
        var runner = new ExperimentRunner(cell);
        double before = LithiumAh(cell, runner.State);
        Assert.True(runner.Run(new ExperimentParser(5).Parse($"repeat 2 {{ {Cycle} }}"))[^1].Succeeded);
        var health = cell.Health(runner.State).Negative;
        Assert.True(health.FilmAh > 0 && health.PlatedAh > 0 && health.DeadAh > 0 && health.LostWithMaterialAh > 0 && health.ActiveFraction < 1);
        // Active material is taken out of use in shares of 2e-6, and lithium goes with it where that is done.
        Assert.Equal(before, LithiumAh(cell, runner.State), 2e-7 * before);
    }

    [Fact]
    public void SaltIsKeptWhenPoresNarrow()
    {
        var cell = Dfn(OKane(), 4);
        var runner = new ExperimentRunner(cell);
        double SaltMol(ReadOnlySpan<double> state)
        {
            var salt = cell.ElectrolyteMolPerM3(state);
            double sum = 0;
            for (int i = 0; i < salt.Length; i++) sum += salt[i] * cell.Mesh.PorosityFraction[i] * cell.Mesh.WidthM[i];
            return sum;
        }

        double before = SaltMol(runner.State), pore = cell.Mesh.PorosityFraction[0];
        runner.Run(new ExperimentParser(5).Parse($"{Cycle}; Rest for 1 s"));
        Assert.True(cell.Mesh.PorosityFraction[0] < pore);
        Assert.Equal(1, SaltMol(runner.State) / before, 1e-9);
    }

    [Fact]
    public void PlatingThatCanReturnSettlesWhereStrippingBalancesIt()
    {
        // c_Li = cₑ·exp(−Fη/RT) at equilibrium, whatever the rate and the transfer coefficient; ten hours are long at this rate.
        var set = PhysicsSets.Of("chen2020");
        var cell = new SpmSystem(set, new() { Ageing = new(new() { Plating = new() { Kind = PlatingKind.Reversible, RateMPerS = 1e-8 } }) }) { Tolerance = 1e-6 };
        var runner = new ExperimentRunner(cell);
        runner.Rest(0.9, 0.3);
        Assert.True(runner.Run(new ExperimentParser(5).Parse("Rest for 10 hours"))[^1].Succeeded);
        double x = cell.MeanStoichiometry(runner.State).Negative, potentialV = set.Negative.OpenCircuitPotentialV.At(x, 298.15);
        double expected = 1000 * Math.Exp(-potentialV * Constants.FaradayCPerMol / (Constants.GasJPerMolK * 298.15));
        double volume = set.ElectrodeAreaM2 * set.Negative.ThicknessM;
        double plated = cell.Health(runner.State).Negative.PlatedAh * 3600 / (Constants.FaradayCPerMol * volume);
        Assert.Equal(1, plated / expected, 1e-3);
    }

    [Fact]
    public void StressFollowsTheClosedFormOfASteadyFlux()
    {
        // Under a steady flux j the surface lags the mean by jR/(5FD), so that dεₛ/dt is known exactly.
        var set = PhysicsSets.Of("chen2020");
        var m = new MechanicsParameters { DrivesDiffusion = false, LossPerS = 1e-7, CriticalPa = 6e7 };
        var cell = new SpmSystem(set, new() { ParticleTerms = 10, Ageing = new(new() { Mechanics = m }) }) { Tolerance = 1e-6 };
        var runner = new ExperimentRunner(cell);
        runner.Run(new ExperimentParser(5).Parse("Discharge at C/4 for 1 hour"));
        double early = cell.Health(runner.State).Negative.ActiveFraction;
        runner.Run(new ExperimentParser(5).Parse("Discharge at C/4 for 10 min"));
        double rate = (early - cell.Health(runner.State).Negative.ActiveFraction) / 600;
        double flux = 1.25 / (set.ElectrodeAreaM2 * set.Negative.ThicknessM * set.Negative.SurfacePerM);
        double lag = flux * set.Negative.ParticleRadiusM / (5 * Constants.FaradayCPerMol * set.Negative.DiffusivityM2PerS.At(0.5, 298.15));
        double stress = m.PartialMolarVolumeM3PerMol * m.YoungPa / (3 * (1 - m.PoissonFraction)) * lag;
        double expected = m.LossPerS / set.Negative.ActiveFraction * Math.Pow(2.0 / 3 * stress / m.CriticalPa, 2);
        Assert.Equal(1, rate / expected, 1e-4);
    }

    [Fact]
    public void ChargingPressesTheNegativeParticlesAndCostsNoMaterial()
    {
        var cell = Dfn(OKane(), 3);
        var runner = new ExperimentRunner(cell);
        runner.Rest(0.1, 0.8);
        runner.Run(new ExperimentParser(5).Parse("Charge at C/2 for 1 hour"));
        (var negative, var positive) = cell.Health(runner.State);
        Assert.Equal(1, negative.ActiveFraction);
        Assert.True(positive.ActiveFraction < 1);
    }

    [Fact]
    public void AtALowCurrentTheDfnAgesAsTheSingleParticle()
    {
        var ageing = OKane();
        double[] losses = [.. ((ElectrochemicalCell[])[Dfn(ageing, 4), new SpmSystem(PhysicsSets.Of("okane2022"), new() { Ageing = ageing, ParticleTerms = 6 }) { Tolerance = 1e-4 }]).Select(cell =>
        {
            var runner = new ExperimentRunner(cell);
            runner.Rest(0.5, 0.55);
            runner.Run(new ExperimentParser(5).Parse("Charge at C/50 for 5 hours"));
            return cell.Health(runner.State).Negative.SideReactionsAh;
        })];
        Assert.Equal(1, losses[0] / losses[1], 5e-3);
    }

    [Fact]
    public void JumpingGivesTheLifeThatRunningEachCycleGives()
    {
        IReadOnlyList<LifePoint> Live(int longestJump)
        {
            var cell = new SpmSystem(PhysicsSets.Of("okane2022"), new() { Ageing = OKane(), ParticleTerms = 6 }) { Tolerance = 1e-4 };
            var life = new LifeRunner(cell, new ExperimentParser(5).Parse(Cycle), new() { LongestJump = longestJump, PulseCRate = 0 });
            var points = life.Run(60);
            Assert.Null(life.Failure);
            Assert.Equal(60, points[^1].Cycle);
            return points;
        }

        var each = Live(1);
        var jumped = Live(100);
        Assert.Equal(60, each.Count);
        Assert.True(jumped.Count < 20, $"{jumped.Count} cycles in full");
        double lost = each[0].Losses.CapacityAh - each[^1].Losses.CapacityAh;
        Assert.Equal(each[^1].Losses.CapacityAh, jumped[^1].Losses.CapacityAh, 0.01 * lost);
        Assert.Equal(1, jumped[^1].Losses.NegativeLossFraction / each[^1].Losses.NegativeLossFraction, 1e-2);
        Assert.Equal(1, jumped[^1].Losses.FilmThicknessM / each[^1].Losses.FilmThicknessM, 1e-2);
    }

    [Fact]
    public void DifferentialVoltageIsTheSlopeOfTheOpenCircuitVoltage()
    {
        var balance = new ElectrodeBalance(PhysicsSets.Of("chen2020"));
        double high = balance.OpenCircuitV(0.4005, out _), low = balance.OpenCircuitV(0.3995, out _);
        balance.OpenCircuitV(0.4, out double slope);
        Assert.Equal((high - low) / (0.001 * balance.CapacityAh), slope, 1e-5);
    }

    [Fact]
    public void AnAgeingBlockThatSaysWhatNobodyKnowsIsRefused()
    {
        string Refusal(string block) => Assert.Throws<FormatException>(() => AgeingReader.Read(block)).Message;
        Assert.Contains("no block 'ageing'", Refusal("{}"), StringComparison.Ordinal);
        Assert.Contains("'law' must be one of", Refusal("""{"ageing":{"negative":{"film":{"law":"magic"}}}}"""), StringComparison.Ordinal);
        Assert.Contains("youngGPa", Refusal("""{"ageing":{"negative":{"mechanics":{"youngGPa":15}}}}"""), StringComparison.Ordinal);
    }

    const int AgeingUnknowns = 10;

    static CellAgeing OKane() => AgeingReader.Read(File.ReadAllText(Path.Combine(House.Repo.Root, "cells", "physics", "okane2022.json")));

    static DfnSystem Dfn(CellAgeing ageing, int cells) =>
        new(PhysicsSets.Of("okane2022"), new() { NegativeCells = cells, SeparatorCells = 3, PositiveCells = cells, ParticleTerms = 6, Ageing = ageing }) { Tolerance = 1e-4 };

    static double LithiumAh(ElectrochemicalCell cell, ReadOnlySpan<double> state)
    {
        var set = cell.AgedSet(state);
        (var negative, var positive) = cell.Health(state);
        return set.Negative.InitialStoichiometry * set.ElectrodeCapacityAh(set.Negative) + set.Positive.InitialStoichiometry * set.ElectrodeCapacityAh(set.Positive)
            + negative.SideReactionsAh + negative.LostWithMaterialAh + positive.LostWithMaterialAh;
    }
}
