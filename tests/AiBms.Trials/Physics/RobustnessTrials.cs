using System.Globalization;
using AiBms.Battery.Ageing;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Degradation;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Trials.Physics;

/// <summary>Random but physical parameters and experiments: every run ends with a result or a reason, in bounded time, without NaN.</summary>
public class RobustnessTrials
{
    const double LongestS = 20;

    static readonly string[] Sets = ["chen2020", "marquis2019", "prada2013", "mohtat2020", "ecker2015", "okane2022"];

    [Fact]
    public void AFewHundredDrawsEndWithAResultOrAReason() => Draw(seed: 1, count: 200);

    [Fact]
    [Trait("Long", "physics-robustness")]
    public void TenThousandDrawsEndWithAResultOrAReason() => Draw(seed: 2, count: 10_000);

    static void Draw(int seed, int count)
    {
        var catalogue = new ParameterSetCatalogue(Path.Combine(PhysicsTrials.Root(), "cells", "physics"));
        var ageing = AgeingReader.Read(File.ReadAllText(catalogue.PathOf("okane2022")));
        ParameterSet[] sets = [.. Sets.Select(catalogue.Find)];
        var random = new Random(seed);
        Dictionary<StepEnd, int> ends = [];
        for (int i = 0; i < count; i++)
        {
            var set = Vary(sets[random.Next(sets.Length)], random);
            var kind = (ModelKind)random.Next(3);
            bool thermal = !double.IsNaN(set.CoolingWPerK) && random.Next(3) == 0;
            string experiment = Experiment(random, set);
            string what = $"draw {i} of seed {seed}: {set.Id} {kind} {(thermal ? "thermal" : "isothermal")}: {experiment}";
            var cell = CellFactory.Create(kind, set, Resolution.Coarse, thermal, set.Id == "okane2022" && random.Next(4) > 0 ? Vary(ageing, random) : null);
            cell.AmbientTemperatureK = 253.15 + 80 * random.NextDouble();
            var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity };
            double soc = random.Next(4) switch { 0 => 0, 1 => 1, _ => random.NextDouble() };
            (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(soc);
            runner.Rest(negative, positive);
            // Processor time: on a busy machine the wall's clock says nothing about the solver.
            var start = Environment.CpuUsage.TotalTime;
            var results = runner.Run(new ExperimentParser(set.CapacityAh).Parse(experiment));
            Assert.True((Environment.CpuUsage.TotalTime - start).TotalSeconds < LongestS, what + ": took too long");
            Assert.NotEmpty(results);
            foreach (double value in runner.State) Assert.True(double.IsFinite(value), what + $": the state is not finite after {results[^1].End} at {runner.TimeS}");
            Assert.All(results, r => Assert.True(double.IsFinite(r.ChargeAh + r.EnergyWh + r.EndS), what));
            ends[results[^1].End] = ends.GetValueOrDefault(results[^1].End) + 1;
        }

        // Most of what is asked can be done; the rest has a name.
        Assert.True(ends.GetValueOrDefault(StepEnd.SolutionEnds) + ends.GetValueOrDefault(StepEnd.Infeasible) < 0.5 * count);
    }

    static ParameterSet Vary(ParameterSet set, Random random)
    {
        double Factor(double largest) => Math.Exp((2 * random.NextDouble() - 1) * Math.Log(largest));
        ElectrodeParameters Electrode(ElectrodeParameters e) => e with
        {
            ThicknessM = e.ThicknessM * Factor(1.05),
            TransportFraction = e.TransportFraction * Factor(1.5),
            ConductivitySPerM = e.ConductivitySPerM * Factor(5),
            ParticleRadiusM = e.ParticleRadiusM * Factor(1.5),
            ExchangeCurrent = e.ExchangeCurrent with { ReferenceAPerM2 = e.ExchangeCurrent.ReferenceAPerM2 * Factor(5) },
        };
        return set with { Negative = Electrode(set.Negative), Positive = Electrode(set.Positive), ContactResistanceOhm = 0.05 * random.NextDouble() / set.CapacityAh };
    }

    /// <summary>Each mechanism there or not, its rate up to thirty times slower or faster.</summary>
    static CellAgeing Vary(CellAgeing ageing, Random random)
    {
        double Factor() => Math.Exp((2 * random.NextDouble() - 1) * Math.Log(30));
        var negative = ageing.Negative!;
        return new(new()
        {
            Film = random.Next(4) == 0 ? null : new SeiGrowth((SeiLaw)random.Next(5), new() { CarbonateRateMPerS = 1e-12 * Factor(), ResistivityOhmM = 2e5 * Factor() }),
            Plating = random.Next(3) == 0 ? null : negative.Plating! with { Kind = (PlatingKind)random.Next(3), RateMPerS = 1e-9 * Factor() },
            Mechanics = random.Next(3) == 0 ? null : negative.Mechanics! with { LossPerS = 3e-7 * Factor(), Cracks = random.Next(2) == 0 },
            FillsPores = random.Next(2) == 0,
        }, random.Next(2) == 0 ? null : ageing.Positive);
    }

    static string Experiment(Random random, ParameterSet set)
    {
        string low = set.LowerVoltageV.ToString(CultureInfo.InvariantCulture), high = set.UpperVoltageV.ToString(CultureInfo.InvariantCulture);
        return string.Join("; ", Enumerable.Range(0, 1 + random.Next(4)).Select(_ =>
        {
            string rate = (0.02 * Math.Pow(500, random.NextDouble())).ToString("0.###", CultureInfo.InvariantCulture);
            string power = (set.CapacityAh * 3.5 * Math.Pow(10, 2 * random.NextDouble() - 1)).ToString("0.####", CultureInfo.InvariantCulture);
            return random.Next(9) switch
            {
                0 or 1 => $"Discharge at {rate}C until {low} V",
                2 or 3 => $"Charge at {rate}C until {high} V",
                4 => $"Hold at {high} V for 1 hour or until C/50",
                5 => "Rest for 1 hour",
                6 => $"Discharge at {power} W until {low} V",
                7 => $"Charge at {power} W for 10 minutes or until {high} V",
                _ => $"Discharge at {rate}C for 20 minutes",
            };
        }));
    }
}
