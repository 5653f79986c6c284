using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Identification;

/// <summary>Opens the recordings of a recipe and counts their state of charge.</summary>
public static class RecipeData
{
    /// <summary>Every recording of the recipe, in its order.</summary>
    /// <param name="recipe">Which, and in what role.</param>
    /// <param name="dataFolder">Folder that their paths start from.</param>
    /// <param name="talk">Told the name of each as it is opened.</param>
    /// <param name="told">What the user says about all of them that the files do not; every one must then be one series.</param>
    /// <param name="withSteps">Whether a second row of one time, which tells the load after a step, is kept, a millisecond later.</param>
    /// <exception cref="DataException">A pattern matches nothing, or a recording cannot be used.</exception>
    public static List<(FitRun Run, bool IsOcv)> Load(Recipe recipe, string dataFolder, Action<string>? talk = null, RecordingOptions? told = null, bool withSteps = false)
    {
        var runs = new List<(FitRun, bool)>();
        foreach (var files in recipe.Files)
        {
            if (files.Use is not ("ocv" or "fit" or "check" or "ocvTable"))
                throw new DataException($"Recipe {recipe.Id}: use '{files.Use}' of {files.Path} is not ocv, fit, check or ocvTable.");
            if (files.SeriesCells < 1 || files.ParallelCells < 1)
                throw new DataException($"Recipe {recipe.Id}: seriesCells and parallelCells of {files.Path} must be 1 or more.");
            if (files.Use == "ocvTable") continue;
            string[] paths = [.. Glob.Files(dataFolder, files.Path).Where(p => !files.Except.Any(e => Glob.Matches(Path.GetFileName(p), e)))];
            if (paths.Length == 0) throw new DataException($"Recipe {recipe.Id}: nothing in the data folder matches {files.Path}.");
            foreach (string path in paths)
            {
                talk?.Invoke(Path.GetFileName(path));
                var opened = told is null ? RecordingDoor.Open(path) : RecordingDoor.Open(path, told).OneSeries();
                runs.AddRange(Parts(recipe, files, opened).Select(part => (Prepare(recipe, files, part, withSteps), files.Use == "ocv")));
            }
        }

        return runs;
    }

    /// <summary>The OCV table that the recipe names; null when it names none.</summary>
    /// <exception cref="DataException">The table is missing or cannot be used.</exception>
    public static OcvCurve? Table(Recipe recipe, string dataFolder)
    {
        RecipeFiles[] tables = [.. recipe.Files.Where(f => f.Use == "ocvTable")];
        if (tables.Length == 0) return null;
        if (tables.Length > 1) throw new DataException($"Recipe {recipe.Id} names {tables.Length} OCV tables; one at most is taken.");
        var found = Glob.Files(dataFolder, tables[0].Path);
        if (found.Count != 1) throw new DataException($"Recipe {recipe.Id}: {found.Count} files in the data folder match the OCV table {tables[0].Path}; one is needed.");
        return OcvTable.Read(found[0], tables[0].OcvColumn, tables[0].FullSoc, recipe.OcvNodeCount);
    }

    static Recording[] Parts(Recipe recipe, RecipeFiles files, Recording recording)
    {
        if (files.Series is not { } pattern) return [recording];
        Recording[] parts = [.. recording.Series.Where(span => Glob.Matches(span.Name, pattern)).Select(recording.Slice)];
        return parts.Length > 0 ? parts : throw new DataException($"Recipe {recipe.Id}: {recording.Name} has no series {pattern}; aibms import shows those it has.");
    }

    /// <summary>Finest step that cyclers count in, Ah.</summary>
    const double CounterStepAh = 0.011;

    /// <summary>What a load must change by at a row that repeats the time before it, of the capacity an hour; and when that row then is, s.</summary>
    const double LeastStepRate = 0.01, StepS = 1e-3;

    static FitRun Prepare(Recipe recipe, RecipeFiles files, Recording recording, bool withSteps)
    {
        double capacityAh = files.CapacityAh ?? recipe.CapacityAh;
        bool IsStep(int k) => withSteps && k > 0 && recording.Flags[k] == RowFlags.DuplicateTime && Math.Abs(recording.CurrentA[k] - recording.CurrentA[k - 1]) > LeastStepRate * capacityAh * files.ParallelCells;
        bool Usable(int k) => (recording.Flags[k] == RowFlags.None || IsStep(k)) && double.IsFinite(recording.VoltageV[k]) && double.IsFinite(recording.CurrentA[k])
            && recording.TimeS[k] <= (files.UntilS ?? double.PositiveInfinity);
        int[] rows = [.. Enumerable.Range(0, recording.RowCount).Where(Usable)];
        if (rows.Length < 10) throw new DataException($"{recording.Name} has {rows.Length} usable rows; at least 10 are needed to identify a cell.");
        double[] Take(double[] column) => [.. rows.Select(k => column[k])];
        double[] timeS = [.. rows.Select(k => recording.TimeS[k] + (IsStep(k) ? StepS : 0))];
        double[] currentA = [.. Take(recording.CurrentA).Select(i => i / files.ParallelCells)];
        double[] voltageV = [.. Take(recording.VoltageV).Select(v => v / files.SeriesCells)];
        double[] temperatureDegC = Take(recording.TemperatureDegC);
        bool measured = Held(temperatureDegC);
        if (!measured)
            Array.Fill(temperatureDegC, files.TemperatureDegC ?? throw new DataException($"{recording.Name} has no temperature: give temperatureDegC in the recipe."));
        double[]? ambientDegC = recording.AmbientDegC is { } ambient ? Take(ambient) : null;
        if (ambientDegC is not null && !Held(ambientDegC)) ambientDegC = null;

        double start = files.StartSoc ?? double.NaN;
        var soc = new double[rows.Length];
        soc[0] = start;
        for (int k = 1; k < rows.Length; k++)
        {
            double integratedAh = currentA[k] * (timeS[k] - timeS[k - 1]) / 3600;
            double countedAh = recording.ChargeAh is { } charge ? (charge[rows[k]] - charge[rows[k - 1]]) / files.ParallelCells : double.NaN;

            // A counter that starts again at each step of the test jumps there; the current then says what flowed.
            bool usable = Math.Abs(countedAh - integratedAh) <= Math.Abs(integratedAh) / 2 + CounterStepAh;
            soc[k] = soc[k - 1] + (usable ? countedAh : integratedAh) / capacityAh;
        }

        return new()
        {
            Name = recording.Name,
            IsFit = files.Use is "fit" or "ocv",
            IsThermal = files.FitThermal ?? files.Use is "fit" or "ocv",
            Weight = files.Weight,
            CapacityAh = capacityAh,
            TimeS = timeS,
            CurrentA = currentA,
            VoltageV = voltageV,
            TemperatureDegC = temperatureDegC,
            HasMeasuredTemperature = measured,
            ToldAmbientDegC = files.AmbientDegC,
            AmbientDegC = ambientDegC,
            Soc = soc,
        };
    }

    /// <summary>Fills what is missing with the value before (at the front: the first there is). False when there is none at all.</summary>
    static bool Held(double[] values)
    {
        int first = Array.FindIndex(values, double.IsFinite);
        if (first < 0) return false;
        Array.Fill(values, values[first], 0, first);
        for (int k = first + 1; k < values.Length; k++) if (!double.IsFinite(values[k])) values[k] = values[k - 1];
        return true;
    }
}
