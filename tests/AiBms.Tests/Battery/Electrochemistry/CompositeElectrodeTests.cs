using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Numerics.Stiff;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>Two materials in one electrode, and potentials that depend on the direction.</summary>
public class CompositeElectrodeTests
{
    const string Leaving = "\"openCircuitPotentialV\": \"1.9793*exp";

    static ParameterSet WithHysteresis(double gapV)
    {
        string text = File.ReadAllText(Path.Combine(PhysicsSets.Folder, "chen2020.json"));
        int at = text.IndexOf(Leaving, StringComparison.Ordinal), end = text.IndexOf("\",", at, StringComparison.Ordinal);
        string formula = text[(at + Leaving.Length - "1.9793*exp".Length)..end];
        return ParameterSetReader.Read(text.Insert(at, FormattableString.Invariant($"\"enteringPotentialV\": \"{formula} - {gapV}\",\n")));
    }

    /// <summary>Charging puts lithium into the negative electrode: its potential is lower and the cell's higher, by the whole gap; at rest by half of it.</summary>
    [Theory]
    [InlineData(ModelKind.Spm)]
    [InlineData(ModelKind.Spme)]
    [InlineData(ModelKind.Dfn)]
    public void TheBranchFollowsTheDirection(ModelKind kind)
    {
        const double gapV = 0.05;
        foreach (var (words, share) in (ReadOnlySpan<(string, double)>)[("Charge at C/5 for 100 s", 1), ("Rest for 100 s", 0.5), ("Discharge at C/5 for 100 s", 0)])
        {
            double Voltage(ParameterSet set)
            {
                var cell = CellFactory.Create(kind, set, Resolution.Coarse, false);
                var runner = new ExperimentRunner(cell);
                runner.Rest(0.5, 0.6);
                Assert.True(runner.Run(new ExperimentParser(set.CapacityAh).Parse(words))[0].Succeeded);
                return cell.VoltageV(runner.State);
            }

            Assert.Equal(share * gapV, Voltage(WithHysteresis(gapV)) - Voltage(PhysicsSets.Of("chen2020")), 2e-6);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheSolverInvertsTheJacobianWithBothMaterials(bool heat)
    {
        var set = PhysicsSets.Of("chen2020_composite");
        var system = new DfnSystem(set, new() { NegativeCells = 5, SeparatorCells = 3, PositiveCells = 4, ParticleTerms = 4, LumpedThermal = heat });
        double[] state = JacobianCheck.StateInUse(system, 0.7, 0.4, -3);
        JacobianCheck.SolveInvertsAShiftedJacobian(system, state, 0.02);
    }

    /// <summary>One material counted as two halves is still that material, in either electrode, in poor conductors and with heat.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TwoHalvesOfAMaterialAreTheMaterial(bool inNegative)
    {
        static ElectrodeParameters Halved(ElectrodeParameters whole)
        {
            var half = whole with { ActiveFraction = 0.5 * whole.ActiveFraction };
            return half with { Second = half };
        }

        var poor = PhysicsSets.Of("chen2020");
        poor = poor with { Negative = poor.Negative with { ConductivitySPerM = 0.2 }, Positive = poor.Positive with { EntropicVPerK = new ConstantFunction(-1e-4, new(0, 298.15)) } };
        var halved = inNegative ? poor with { Negative = Halved(poor.Negative) } : poor with { Positive = Halved(poor.Positive) };
        Assert.Equal(new ElectrodeBalance(poor).OpenCircuitV(0.4, out double slope), new ElectrodeBalance(halved).OpenCircuitV(0.4, out double halvedSlope), 1e-9);
        Assert.Equal(slope, halvedSlope, 1e-6 * slope);
        List<(double VoltageV, double TemperatureK)> ends = [.. ((ParameterSet[])[poor, halved]).Select(set =>
        {
            var cell = CellFactory.Create(ModelKind.Dfn, set, Resolution.Coarse, true);
            cell.Tolerance = 1e-6;
            var runner = new ExperimentRunner(cell);
            Assert.True(runner.Run(new ExperimentParser(set.CapacityAh).Parse("Discharge at 1C for 1200 s"))[^1].Succeeded);
            return (cell.VoltageV(runner.State), cell.TemperatureK(runner.State));
        })];
        // Tolerance 1e-6: the error of time alone.
        Assert.Equal(ends[0].VoltageV, ends[1].VoltageV, 2e-5);
        Assert.Equal(ends[0].TemperatureK, ends[1].TemperatureK, 2e-4);
    }

    /// <summary>Both materials lie at one potential at rest, and what they lose together is the charge.</summary>
    [Fact]
    public void BothMaterialsGiveTheChargeTogetherAndRestAtOnePotential()
    {
        var set = PhysicsSets.Of("chen2020_composite");
        var balance = new ElectrodeBalance(set);
        var cell = CellFactory.Create(ModelKind.Dfn, set, Resolution.Coarse, false);
        var runner = new ExperimentRunner(cell);
        (double negative, double positive) = balance.Stoichiometries(0.9);
        runner.Rest(negative, positive);
        Assert.Equal(balance.OpenCircuitV(0.9, out _), cell.VoltageV(runner.State), 1e-9);
        var results = runner.Run(new ExperimentParser(set.CapacityAh).Parse("Discharge at C/5 for 3 h; Rest for 20 h"));
        Assert.All(results, r => Assert.True(r.Succeeded));
        // After a long rest the two share what is left as the balance says, so that SOC has fallen by the charge alone.
        double expected = 0.9 + results[0].ChargeAh / balance.CapacityAh;
        Assert.Equal(expected, balance.Soc(cell.MeanStoichiometry(runner.State).Negative), 2e-4);
        Assert.Equal(balance.OpenCircuitV(expected, out _), cell.VoltageV(runner.State), 2e-4);
        balance.OpenCircuitV(0.5, out double slope);
        Assert.Equal((balance.OpenCircuitV(0.501, out _) - balance.OpenCircuitV(0.499, out _)) / (0.002 * balance.CapacityAh), slope, 1e-3 * slope);
    }

    /// <summary>Silicon holds its lithium at higher potentials: it takes more than its share at the end of a discharge.</summary>
    [Fact]
    public void SiliconGivesItsLithiumLast()
    {
        var set = PhysicsSets.Of("chen2020_composite");
        var balance = new ElectrodeBalance(set);
        double Second(double soc) => set.Negative.SecondStoichiometry(balance.Stoichiometries(soc).NegativeStoichiometry, 298.15);
        Assert.True(Second(0.1) - Second(0) > 2 * (Second(1) - Second(0.9)));
    }

    [Fact]
    public void WhatHasTwoMaterialsDoesNotAge() =>
        Assert.Contains("without ageing", Assert.Throws<ArgumentException>(() =>
            CellFactory.Create(ModelKind.Dfn, PhysicsSets.Of("chen2020_composite"), Resolution.Coarse, false, new(new()))).Message, StringComparison.Ordinal);
}
