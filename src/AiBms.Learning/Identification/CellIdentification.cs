using AiBms.Battery.Cells;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Identification;

/// <summary>From a recipe and a data folder to a cell file's content.</summary>
public static class CellIdentification
{
    /// <summary>What an identification gives.</summary>
    /// <param name="Cell">The cell, ready to be written.</param>
    /// <param name="Runs">The recordings, in the order of the recipe.</param>
    /// <param name="ResidualV">Measured minus simulated voltage of each recording, V.</param>
    public sealed record Outcome(CellType Cell, IReadOnlyList<FitRun> Runs, IReadOnlyList<double[]> ResidualV);

    /// <summary>Runs a recipe.</summary>
    /// <param name="recipe">What to do.</param>
    /// <param name="dataFolder">Where the recordings are.</param>
    /// <param name="command">Command to state in the cell file.</param>
    /// <param name="talk">Told what is going on.</param>
    /// <param name="progress">Told fraction of the search done and RMSE, V.</param>
    /// <param name="told">What the user says about the recordings that they do not; every one must then be one series.</param>
    /// <exception cref="DataException">A recording is missing or cannot be used.</exception>
    public static Outcome Run(Recipe recipe, string dataFolder, string command, Action<string>? talk = null, Action<double, double>? progress = null, RecordingOptions? told = null)
    {
        var loaded = RecipeData.Load(recipe, dataFolder, talk, told);
        return Of(recipe, loaded, RecipeData.Table(recipe, dataFolder), command, progress);
    }

    /// <summary>Runs a recipe on recordings that are at hand.</summary>
    /// <param name="recipe">What to do; its files are not looked at.</param>
    /// <param name="loaded">The recordings, and which of them are slow.</param>
    /// <param name="table">A measured OCV; null for none.</param>
    /// <param name="command">Command to state in the cell file.</param>
    /// <param name="progress">Told fraction of the search done and RMSE, V.</param>
    public static Outcome Of(Recipe recipe, IReadOnlyList<(FitRun Run, bool IsOcv)> loaded, OcvCurve? table, string command, Action<double, double>? progress = null)
    {
        FitRun[] slow = [.. loaded.Where(l => l.IsOcv).Select(l => l.Run)];
        var measured = table ?? OcvCurve.FromSlow(slow, recipe.OcvNodeCount);
        List<FitRun> runs = [.. loaded.Select(l => l.Run)];
        var ocv = measured ?? OcvGuess.From(runs, recipe.OcvNodeCount);
        runs = [.. runs.Select(run => Anchored(run, ocv))];

        var options = new CircuitFitOptions
        {
            CapacityAh = recipe.CapacityAh,
            TemperatureNodesDegC = recipe.TemperatureNodesDegC ?? Nodes([.. runs.Where(r => r.IsFit)]),
            TimeConstantsS = recipe.TimeConstantsS,
            HoldTimeConstants = recipe.HoldTimeConstants,
            KneeCurrentA = recipe.KneeCurrentA,
            CoreHeatCapacityJPerK = recipe.CoreHeatCapacityJPerK,
            OcvIsMeasured = measured is not null,
            CoreToCaseKPerW = recipe.CoreToCaseKPerW,
            HoldCoreToCase = recipe.HoldCoreToCase,
            ResistanceActivationK = recipe.ResistanceActivationK,
            HoldActivations = recipe.HoldActivations,
            FollowSteps = recipe.FollowSteps,
            SmoothnessWeight = recipe.SmoothnessWeight,
            FitHysteresis = recipe.FitHysteresis,
            HysteresisPriorV = recipe.HysteresisPriorV,
            FitEntropic = recipe.FitEntropic,
            FitOcvBend = recipe.FitOcvBend,
            HysteresisRate = recipe.HysteresisRate,
        };
        var solution = CircuitFit.Identify(runs, ocv, options, progress);
        var circuit = solution.ToParameters() with { CoulombicEfficiency = recipe.CoulombicEfficiency };
        var thermal = recipe.CoreHeatCapacityJPerK > 0
            ? CoreCaseFit.Identify(runs, [.. runs.Select(run => CoreCaseFit.HeatW(run, circuit))], ThermalPrior(recipe, solution))
            : null;
        double[][] residuals = [.. runs.AsParallel().AsOrdered().Select(solution.ResidualV)];
        var cell = new CellType
        {
            Id = recipe.Id,
            Aliases = recipe.Aliases,
            Name = recipe.Name,
            Chemistry = recipe.Chemistry,
            CapacityAh = recipe.CapacityAh,
            CapacityMeasuredBy = recipe.CapacityMeasuredBy,
            CapacityError = recipe.CapacityError,
            Ratings = recipe.Ratings,
            Source = new(recipe.Data, recipe.Licence, command),
            Validity = Range([.. runs.Where(r => r.IsFit)]),
            Circuit = circuit,
            VoltageError = ErrorModel.Estimate(runs, [.. loaded.Select(l => !l.IsOcv)], solution),
            Thermal = thermal is null ? null : Rounded(thermal.Parameters),
            NotIdentified = [.. recipe.NotIdentified, .. Undetermined(solution, options), .. Undetermined(recipe, thermal)],
            Fit = [.. runs.Select((run, k) => Row(run, residuals[k], thermal?.RmseK[k]))],
        };
        return new(cell, runs, residuals);
    }

    /// <summary>A recording whose start is not told begins at rest: its first voltage is its OCV.</summary>
    static FitRun Anchored(FitRun run, OcvCurve ocv)
    {
        if (double.IsFinite(run.Soc[0])) return run;
        if (Math.Abs(run.CurrentA[0]) > run.CapacityAh / 50)
            throw new DataException($"{run.Name} does not begin at rest ({run.CurrentA[0]:0.###} A in its first row): give startSoc in the recipe.");
        double low = 0, high = 1;
        for (int k = 0; k < 60; k++)
        {
            double middle = (low + high) / 2;
            if (ocv.At(middle) < run.VoltageV[0]) low = middle;
            else high = middle;
        }

        var soc = new double[run.Count];
        soc[0] = (low + high) / 2;
        for (int k = 1; k < run.Count; k++) soc[k] = soc[k - 1] + run.CurrentA[k] * (run.TimeS[k] - run.TimeS[k - 1]) / 3600 / run.CapacityAh;
        return run with { Soc = soc };
    }

    /// <summary>Evenly spread nodes over the measured temperatures, about 10 K apart, at least two.</summary>
    static double[] Nodes(FitRun[] runs)
    {
        double low = runs.Min(r => r.TemperatureDegC.Min()), high = runs.Max(r => r.TemperatureDegC.Max());
        if (high - low < 5) (low, high) = ((low + high) / 2 - 2.5, (low + high) / 2 + 2.5);
        int count = Math.Max(2, 1 + (int)Math.Round((high - low) / 10));
        return [.. Enumerable.Range(0, count).Select(k => Math.Round(low + (high - low) * k / (count - 1), 1))];
    }

    static CellValidity Range(FitRun[] runs) => new(
        Math.Round(runs.Min(r => r.TemperatureDegC.Min()), 1),
        Math.Round(runs.Max(r => r.TemperatureDegC.Max()), 1),
        Math.Round(Math.Max(0, runs.Min(r => r.Soc.Min())), 3),
        Math.Round(Math.Min(1, runs.Max(r => r.Soc.Max())), 3),
        Math.Round(Math.Max(0, runs.Max(r => -r.CurrentA.Min())), 2),
        Math.Round(Math.Max(0, runs.Max(r => r.CurrentA.Max())), 2));

    static IEnumerable<string> Undetermined(CircuitSolution solution, CircuitFitOptions options)
    {
        for (int element = 0; element <= options.TimeConstantsS.Length; element++)
            for (int t = 0; t < options.TemperatureNodesDegC.Length; t++)
            {
                double deviation = solution.RelativeDeviation(element, t);
                string what = element == 0 ? "series resistance" : $"resistance of pair {element}";
                if (deviation > 0.5)
                    yield return $"{what} at {options.TemperatureNodesDegC[t]} °C: taken from its neighbours in temperature, deviation {(deviation < 10 ? $"{100 * deviation:0} %" : "above 1000 %")}";
            }
    }

    /// <summary>A case is of the order of a tenth of the core; the way to ambient is not known beforehand.</summary>
    static CoreCaseParameters ThermalPrior(Recipe recipe, CircuitSolution solution) =>
        new(recipe.CoreHeatCapacityJPerK, recipe.CoreHeatCapacityJPerK / 10, solution.Shape.CoreToCaseKPerW, 10);

    static CoreCaseParameters Rounded(CoreCaseParameters p) => new(
        Math.Round(p.CoreHeatCapacityJPerK, 2), Math.Round(p.CaseHeatCapacityJPerK, 2), Math.Round(p.CoreToCaseKPerW, 3), Math.Round(p.CaseToAmbientKPerW, 3));

    static IEnumerable<string> Undetermined(Recipe recipe, CoreCaseFit.Outcome? thermal)
    {
        if (recipe.CoreHeatCapacityJPerK > 0 && thermal is null) yield return "thermal model: no recording of the fit measures the case temperature for long enough";
        if (thermal is null) yield break;
        if (recipe.HoldCoreToCase) yield return $"thermal resistance from core to case: prior {recipe.CoreToCaseKPerW} K/W, deviation a factor of 2";
        string[] names = ["heat capacity of the core", "heat capacity of the case", "thermal resistance from case to ambient"];
        double[] limits = [0.15, 0.5, 0.5];
        for (int k = 0; k < names.Length; k++)
            if (thermal.DeviationFraction[k] > limits[k]) yield return $"{names[k]}: hardly moved from its prior, deviation {100 * thermal.DeviationFraction[k]:0} %";
    }

    static FitRow Row(FitRun run, double[] residualV, double? caseRmseK)
    {
        double[] settled = [.. residualV.Where((_, k) => run.TimeS[k] - run.TimeS[0] >= 60)];
        if (settled.Length == 0) settled = residualV;
        return new(run.Name, run.IsFit ? "fit" : "check", Math.Round(run.MeanTemperatureDegC, 1),
            Math.Round(Math.Sqrt(settled.Average(e => e * e)), 5), Math.Round(settled.Average(), 5),
            caseRmseK is { } k && double.IsFinite(k) ? Math.Round(k, 3) : null);
    }
}
