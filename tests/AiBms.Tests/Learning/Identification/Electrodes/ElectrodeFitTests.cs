using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Learning.Identification;
using AiBms.Learning.Identification.Electrodes;
using AiBms.Tests.Battery.Electrochemistry;

namespace AiBms.Tests.Learning.Identification.Electrodes;

/// <summary>A fit must find the numbers that made its recordings, and say which ones it cannot know.</summary>
public class ElectrodeFitTests
{
    [Fact]
    public void TheNumbersThatMadeTheRecordingsAreFoundAgain()
    {
        var truth = Truth();
        var start = truth;
        foreach (var (name, factor) in ((string, double)[])[("positive.diffusivity", 0.5), ("positive.exchangeCurrent", 2), ("negative.activeFraction", 1.02), ("positive.activeFraction", 0.98)])
            start = SetParameters.Find(name).Scale(start, factor);
        var fit = ElectrodeFit.Run(start, 5, [Recording(truth, "slow", "Discharge at C/20 until 2.6 V"), Recording(truth, "load", "Discharge at 1C for 1500 s; Rest for 1800 s; Discharge at C/2 until 2.7 V")],
            [true, false], null, new()
            {
                Kind = ModelKind.Spm,
                Vary = ["negative.activeFraction", "positive.activeFraction", "positive.diffusivity", "positive.exchangeCurrent"],
            });
        Assert.True(fit.Converged);
        foreach (var estimate in fit.Estimates)
        {
            double expected = SetParameters.Find(estimate.Name).Get(truth);
            Assert.Equal(expected, estimate.FittedNumber, 0.01 * expected);
            Assert.Equal("well", estimate.Verdict);
        }

        Assert.All(fit.Curves, c => Assert.True(c.AfterMV < 1));
    }

    /// <summary>In the single particle model conductivity of the salt does nothing, and in SPMe it is a resistance like the contact's.</summary>
    [Fact]
    public void WhatCannotBeKnownIsSaid()
    {
        var truth = Truth();
        var recording = Recording(truth, "load", "Discharge at 1C for 600 s; Rest for 600 s");
        var blind = ElectrodeFit.Run(truth, 5, [recording], [false], null, new() { Kind = ModelKind.Spm, Vary = ["contactResistance", "electrolyte.conductivity"] });
        Assert.Equal("not identified", blind.Estimates[1].Verdict);
        Assert.Equal(0, blind.Estimates[1].SensitivityMV);
        var traded = ElectrodeFit.Run(truth, 5, [recording], [false], null, new() { Kind = ModelKind.Spme, Vary = ["contactResistance", "electrolyte.conductivity"] });
        Assert.All(traded.Estimates, e => Assert.NotEqual("well", e.Verdict));
        Assert.True(traded.Estimates.Any(e => e.AtBound) || Math.Abs(traded.Estimates[0].CorrelationFraction) > 0.9);
    }

    [Fact]
    public void AWrittenFitIsReadAgain()
    {
        var truth = Truth();
        var fit = ElectrodeFit.Run(PhysicsSets.Of("chen2020"), 5, [Recording(truth, "load", "Discharge at 1C for 600 s")], [false], null, new() { Kind = ModelKind.Spm, Vary = ["contactResistance"] });
        string path = Path.GetTempFileName() + ".json";
        try
        {
            File.WriteAllText(path, DerivedSetFile.Format(fit, new() { Id = "mine", CapacityAh = 5, Files = [] }, "chen2020", new() { Kind = ModelKind.Spm }, "a command"));
            var read = new ParameterSetCatalogue(PhysicsSets.Folder).Find(path);
            Assert.Equal(fit.Set.ContactResistanceOhm, read.ContactResistanceOhm, 1e-5 * fit.Set.ContactResistanceOhm);
            Assert.Equal(fit.Set.Negative.InitialStoichiometry, read.Negative.InitialStoichiometry, 1e-5);
        }
        finally
        {
            File.Delete(path);
        }
    }

    static ParameterSet Truth()
    {
        var set = PhysicsSets.Of("chen2020");
        (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(1);
        return set with
        {
            ContactResistanceOhm = 0.005,
            Negative = set.Negative with { InitialStoichiometry = negative },
            Positive = set.Positive with { InitialStoichiometry = positive },
        };
    }

    /// <summary>Made at another resolution than the fit's, with 0.5 mV of noise.</summary>
    static FitRun Recording(ParameterSet truth, string name, string experiment)
    {
        var rows = new Rows();
        var runner = new ExperimentRunner(CellFactory.Create(ModelKind.Spm, truth, Resolution.Normal, false)) { Observer = rows, PeriodS = 60 };
        runner.Run(new ExperimentParser(truth.CapacityAh).Parse(experiment));
        var random = new Random(3);
        return new()
        {
            Name = name,
            IsFit = true,
            CapacityAh = 5,
            TimeS = [.. rows.TimeS],
            CurrentA = [.. rows.CurrentA],
            VoltageV = [.. rows.VoltageV.Select(v => v + 0.001 * (random.NextDouble() - 0.5))],
            TemperatureDegC = [.. rows.TimeS.Select(_ => 25.0)],
            Soc = [.. rows.TimeS.Select(_ => 1.0)],
        };
    }

    sealed class Rows : IRunObserver
    {
        const double AfterS = 0.01;

        public List<double> TimeS { get; } = [];

        public List<double> CurrentA { get; } = [];

        public List<double> VoltageV { get; } = [];

        /// <summary>At a step of the load the second value comes a hundredth of a second later, as a cycler's would.</summary>
        public void Point(int stepNumber, double timeS, ElectrochemicalCell cell, ReadOnlySpan<double> state)
        {
            bool again = TimeS.Count > 0 && timeS <= TimeS[^1] + 1e-6;
            if (again && CurrentA[^1] == state[cell.CurrentIndex]) return;
            TimeS.Add(again ? TimeS[^1] + AfterS : timeS);
            CurrentA.Add(state[cell.CurrentIndex]);
            VoltageV.Add(cell.VoltageV(state));
        }
    }
}
