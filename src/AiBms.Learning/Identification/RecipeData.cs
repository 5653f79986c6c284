using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Identification;

/// <summary>Opens the recordings of a recipe and counts their state of charge.</summary>
public static class RecipeData
{
    /// <summary>Every recording of the recipe, in its order.</summary>
    /// <exception cref="DataException">A pattern matches nothing, or a recording cannot be used.</exception>
    public static List<(FitRun Run, bool IsOcv)> Load(Recipe recipe, string dataFolder, Action<string>? talk = null)
    {
        var runs = new List<(FitRun, bool)>();
        foreach (var files in recipe.Files)
        {
            if (files.Use is not ("ocv" or "fit" or "check"))
                throw new DataException($"Recipe {recipe.Id}: use '{files.Use}' of {files.Path} is not ocv, fit or check.");
            string[] paths = [.. Glob.Files(dataFolder, files.Path).Where(p => !files.Except.Any(e => Glob.Matches(Path.GetFileName(p), e)))];
            if (paths.Length == 0) throw new DataException($"Recipe {recipe.Id}: nothing in the data folder matches {files.Path}.");
            foreach (string path in paths)
            {
                talk?.Invoke(Path.GetFileName(path));
                runs.Add((Prepare(recipe, files, RecordingDoor.Open(path, new() { Series = files.Series })), files.Use == "ocv"));
            }
        }

        return runs;
    }

    static FitRun Prepare(Recipe recipe, RecipeFiles files, Recording recording)
    {
        double capacityAh = files.CapacityAh ?? recipe.CapacityAh;
        bool Usable(int k) => recording.Flags[k] == RowFlags.None && double.IsFinite(recording.VoltageV[k]) && double.IsFinite(recording.CurrentA[k])
            && recording.TimeS[k] <= (files.UntilS ?? double.PositiveInfinity);
        int[] rows = [.. Enumerable.Range(0, recording.RowCount).Where(Usable)];
        if (rows.Length < 10) throw new DataException($"{recording.Name} has {rows.Length} usable rows; at least 10 are needed to identify a cell.");
        double[] Take(double[] column) => [.. rows.Select(k => column[k])];
        double[] timeS = Take(recording.TimeS), currentA = Take(recording.CurrentA), voltageV = Take(recording.VoltageV);
        double[] temperatureDegC = Take(recording.TemperatureDegC);
        for (int k = 0; k < rows.Length; k++)
            if (double.IsNaN(temperatureDegC[k]))
                temperatureDegC[k] = k > 0 ? temperatureDegC[k - 1] : files.TemperatureDegC
                    ?? throw new DataException($"{recording.Name} has no temperature: give temperatureDegC in the recipe.");

        double start = files.StartSoc ?? double.NaN;
        var soc = new double[rows.Length];
        soc[0] = start;
        for (int k = 1; k < rows.Length; k++)
        {
            double counted = recording.ChargeAh is { } charge && double.IsFinite(charge[rows[k]]) && double.IsFinite(charge[rows[k - 1]])
                ? charge[rows[k]] - charge[rows[k - 1]]
                : currentA[k] * (timeS[k] - timeS[k - 1]) / 3600;
            soc[k] = soc[k - 1] + counted / capacityAh;
        }

        return new()
        {
            Name = recording.Name,
            IsFit = files.Use is "fit" or "ocv",
            Weight = files.Weight,
            CapacityAh = capacityAh,
            TimeS = timeS,
            CurrentA = currentA,
            VoltageV = voltageV,
            TemperatureDegC = temperatureDegC,
            Soc = soc,
        };
    }
}
