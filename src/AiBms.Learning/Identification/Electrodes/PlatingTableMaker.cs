using AiBms.Battery;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>Makes the table of plating resistance of a parameter set from runs of its model.</summary>
public static class PlatingTableMaker
{
    /// <summary>Charges longer than a minute have nearly settled the particles of thin electrodes; ten minutes is what a fast charge has.</summary>
    const double PulseS = 10, LastingS = 600;

    /// <summary>Rates looked at, as multiples of the capacity an hour.</summary>
    const double MostRate = 20, LeastRate = 0.005;

    const int Halvings = 14;

    /// <summary>Runs the model for every entry.</summary>
    /// <param name="kind">The model; SPM sees no salt run out.</param>
    /// <param name="set">The cell.</param>
    /// <param name="temperatureDegC">Temperatures, °C, rising.</param>
    /// <param name="socFraction">States of charge at the charge's end, rising, within 0…1.</param>
    public static PlatingTable Of(ModelKind kind, ParameterSet set, double[] temperatureDegC, double[] socFraction)
    {
        var balance = new ElectrodeBalance(set);
        double[] restV = [.. socFraction.Select(soc => set.Negative.OpenCircuitPotentialV.At(balance.Stoichiometries(soc).NegativeStoichiometry, set.ReferenceTemperatureK))];
        double[][] pulseA = new double[temperatureDegC.Length][], lastingA = new double[temperatureDegC.Length][];
        Parallel.For(0, 2 * temperatureDegC.Length, at =>
        {
            int t = at / 2;
            bool isPulse = at % 2 == 0;
            var cell = CellFactory.Create(kind, set, Resolution.Coarse, lumpedThermal: false);
            cell.AmbientTemperatureK = Units.ToKelvin(temperatureDegC[t]);
            (isPulse ? pulseA : lastingA)[t] = [.. socFraction.Select(soc => LargestA(cell, balance, soc, isPulse ? PulseS : LastingS))];
        });
        double[][] Ohm(double[][] currentA) => [.. currentA.Select(row => row.Select((a, s) => restV[s] / a).ToArray())];
        return new(temperatureDegC, socFraction, PulseS, LastingS, restV, Ohm(pulseA), Ohm(lastingA), pulseA, lastingA);
    }

    /// <summary>The charge current, A, that has used the margin up when the state of charge is reached; found by halving its logarithm.</summary>
    static double LargestA(ElectrochemicalCell cell, ElectrodeBalance balance, double soc, double forS)
    {
        double low = Math.Log(LeastRate * balance.CapacityAh), high = Math.Log(MostRate * balance.CapacityAh);
        for (int k = 0; k < Halvings; k++)
        {
            double middle = 0.5 * (low + high);
            if (Margin(cell, balance, soc, forS, Math.Exp(middle)) > 0) low = middle;
            else high = middle;
        }

        return Math.Exp(0.5 * (low + high));
    }

    static double Margin(ElectrochemicalCell cell, ElectrodeBalance balance, double soc, double forS, double currentA)
    {
        // A charge that would have to begin below empty begins at empty and is as much shorter.
        double startSoc = soc - Units.ToAmpereHours(currentA * forS) / balance.CapacityAh;
        if (startSoc < 0) (startSoc, forS) = (0, soc * balance.CapacityAh * Units.SecondsPerHour / currentA);
        var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity };
        (double negative, double positive) = balance.Stoichiometries(startSoc);
        runner.Rest(negative, positive);
        var result = runner.Run(new ExperimentStep { Text = "charge", Mode = StepMode.Current, HeldNumber = currentA, DurationS = forS }, 1);
        if (!result.Succeeded) return double.NaN;
        Span<double> rates = new double[cell.Size];
        cell.Evaluate(runner.TimeS, runner.State, rates);
        return cell.PlatingMarginV;
    }
}
