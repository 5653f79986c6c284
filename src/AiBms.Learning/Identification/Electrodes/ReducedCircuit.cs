using AiBms.Battery;
using AiBms.Battery.Cells;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>A circuit that stands in for a physics-based model: pulses of the model, identified as a measured cell's would be.</summary>
public static class ReducedCircuit
{
    const int OcvNodes = 101, Slots = 19;

    const double PeriodS = 2;

    /// <summary>Makes the cell.</summary>
    /// <param name="kind">The model.</param>
    /// <param name="set">The parameter set.</param>
    /// <param name="temperatureDegC">Temperatures, °C, two or more, rising.</param>
    /// <param name="command">Command to state in the cell file.</param>
    /// <param name="progress">Told fraction done and RMSE, V.</param>
    /// <exception cref="ArgumentException">The lithium of the set cannot reach its cut-offs.</exception>
    public static CellIdentification.Outcome Of(ModelKind kind, ParameterSet set, double[] temperatureDegC, string command, Action<double, double>? progress = null)
    {
        var balance = new ElectrodeBalance(set);
        double capacityAh = balance.CapacityAh, rateA = capacityAh;
        string low = FormattableString.Invariant($"{set.LowerVoltageV}"), high = FormattableString.Invariant($"{set.UpperVoltageV}");
        // Half a slot's charge is taken between pulses of both directions; the rest lets slow diffusion be seen.
        string pulses = FormattableString.Invariant(
            $"repeat {Slots} {{ Discharge at {rateA} A for 10 s or until {low} V; Rest for 60 s every 5 s; Charge at {0.5 * rateA} A for 10 s; Rest for 60 s every 5 s; Discharge at {0.5 * rateA} A for {3600 * 2 / (Slots + 1.0):0} s or until {low} V every 10 s; Rest for 900 s every 30 s }}");
        string drive = FormattableString.Invariant($"Discharge at {0.3 * rateA} A for 900 s; Discharge at {1.2 * rateA} A for 300 s; Rest for 300 s; Charge at {0.4 * rateA} A for 600 s; Discharge at {0.8 * rateA} A for 1200 s or until {low} V; Rest for 600 s");
        List<(FitRun Run, bool IsOcv)> runs = [];
        foreach (double degC in temperatureDegC)
        {
            runs.Add((Simulated(kind, set, balance, $"pulses at {degC} °C", pulses, degC, isFit: true), false));
            runs.Add((Simulated(kind, set, balance, $"loads at {degC} °C", drive, degC, isFit: false), false));
        }

        double[] ocvV = [.. Enumerable.Range(0, OcvNodes).Select(k => balance.OpenCircuitV(k / (OcvNodes - 1.0), out _))];
        Recipe recipe = new()
        {
            Id = set.Id + "_circuit",
            Name = $"Circuit in place of {set.Title}",
            Chemistry = "",
            CapacityAh = Math.Round(capacityAh, 4),
            CapacityMeasuredBy = $"open-circuit capacity of the parameter set between {low} and {high} V",
            Ratings = new(set.LowerVoltageV, set.UpperVoltageV, Math.Round(0.5 * capacityAh, 2), Math.Round(2 * capacityAh, 2)),
            Data = $"Runs of a physics-based model ({kind.ToString().ToUpperInvariant()}), nothing measured: {set.Source}",
            Files = [],
            TimeConstantsS = [3, 40, 700],
            TemperatureNodesDegC = temperatureDegC,
            // Held, so that only the knee is searched for: three decades are covered whatever they are.
            HoldTimeConstants = true,
            HoldActivations = true,
            // The runs have no noise, and diffusion has its own activation or none: little is to be drawn from neighbours.
            SmoothnessWeight = 1e-4,
            ResistanceActivationK = 1500,
            FollowSteps = true,
            FitHysteresis = false,
            KneeCurrentA = rateA,
            NotIdentified = ["thermal model: the runs are isothermal", "ageing: the runs are those of a new cell", "ratings of current: C/2 charge and 2C discharge, where the runs went; no data sheet"],
        };
        return CellIdentification.Of(recipe, runs, new OcvCurve(OcvCurve.Rising(ocvV)), command, progress);
    }

    static FitRun Simulated(ModelKind kind, ParameterSet set, ElectrodeBalance balance, string name, string experiment, double degC, bool isFit)
    {
        var cell = CellFactory.Create(kind, set, Resolution.Coarse, lumpedThermal: false);
        cell.AmbientTemperatureK = Units.ToKelvin(degC);
        var rows = new RunRows();
        var runner = new ExperimentRunner(cell) { Observer = rows, PeriodS = PeriodS };
        (double negative, double positive) = balance.Stoichiometries(1);
        runner.Rest(negative, positive);
        runner.Run(new ExperimentParser(set.CapacityAh).Parse(experiment));
        return new()
        {
            Name = name,
            IsFit = isFit,
            CapacityAh = balance.CapacityAh,
            TimeS = [.. rows.TimeS],
            CurrentA = [.. rows.CurrentA],
            VoltageV = [.. rows.VoltageV],
            TemperatureDegC = [.. rows.TimeS.Select(_ => degC)],
            Soc = [.. rows.NegativeStoichiometry.Select(balance.Soc)],
        };
    }
}
