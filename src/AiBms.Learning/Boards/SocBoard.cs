using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;
using AiBms.Numerics;
using AiBms.Telemetry;

namespace AiBms.Learning.Boards;

/// <summary>Runs the cut-start protocol on the test recordings of a data set. Never trains, never chooses.</summary>
public static class SocBoard
{
    /// <summary>Deviation that a wrong start claims: 2 points.</summary>
    const double ClaimedSoc = 0.02;

    /// <summary>Runs every rung over every test recording.</summary>
    /// <param name="dataset">The set.</param>
    /// <param name="cell">The cell that methods are given, with the capacity of each recording's label put in.</param>
    /// <param name="folder">The data folder.</param>
    /// <param name="options">What to run.</param>
    /// <param name="progress">Told how many thousandths are done.</param>
    /// <exception cref="DataException">A recording is missing or cannot be read, or a model was made from one that is tested.</exception>
    public static SetResult Run(Dataset dataset, CellType cell, string folder, SocBoardOptions options, IProgress<long>? progress = null)
    {
        options.Validate();
        DatasetFile[] files = [.. dataset.In(SplitPart.Test)];
        SocRung[] rungs = [.. Chosen(options).Where(rung => Knows(rung, cell))], seeds = [.. options.SeedRungs.Where(rung => Knows(rung, cell))];
        Refuse([.. rungs, .. seeds], cell, files, "which this board tests");
        var scores = RunFiles(dataset, files, cell, folder, rungs, Conditions(dataset, options.Quick), options, progress);
        var timed = options.MeasuresTime && files.Length > 0 ? dataset.Load(folder, files[0]) : null;
        return new()
        {
            Dataset = dataset,
            TrainingS = rungs.Where(rung => rung.Model(cell) is { } file && options.TrainingS.ContainsKey(file.Id)).ToDictionary(rung => rung.Name, rung => options.TrainingS[rung.Model(cell)!.Id], StringComparer.Ordinal),
            StepS = (timed is null ? [] : rungs).ToDictionary(rung => rung.Name, rung => StepTimes.Of(rung, cell, timed!), StringComparer.Ordinal),
            Files = scores,
            DataHash = DataHash.Of(folder, files.Select(file => file.RelativePath)),
            FittedOn = [.. FittedOn(cell, files)],
            Seeds = RunFiles(dataset, files, cell, folder, seeds, [BoardCondition.Headline], options, null),
        };
    }

    /// <summary>Split "model B" of the LG set: at each ambient, methods with a cell that was made without it. Headline only, no baselines.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="cellWithout">Gives the cell that was made without an ambient, °C; null leaves the ambient out.</param>
    /// <param name="options">What to run.</param>
    public static IReadOnlyList<FileScores> RunUnseen(string folder, Func<double, CellType?> cellWithout, SocBoardOptions options)
    {
        // A learned rung saw every ambient that its model was trained on: others take its place here.
        var chosen = Chosen(options).Where(rung => !rung.IsBaseline).ToArray();
        SocRung[] all = [.. chosen.Where(rung => !rung.IsLearned), .. options.UnseenRungs.Where(unseen => chosen.Any(rung => rung.Name == unseen.Name))];
        List<FileScores> scores = [];
        foreach (double ambientDegC in LgHg2.Describe(folder).Files.Select(file => file.AmbientDegC).Distinct().Order())
        {
            if (cellWithout(ambientDegC) is not { } cell) continue;
            var dataset = LgHg2.DescribeUnseen(folder, ambientDegC);
            if (FittedOn(cell, dataset.Files.Where(file => file.AmbientDegC == ambientDegC)).FirstOrDefault() is { } seen)
                throw new DataException($"Cell {cell.Id} was identified on {seen}, which split \"model B\" keeps unseen; identify it again from its recipe.");
            SocRung[] rungs = [.. all.Where(rung => Knows(rung, cell))];
            Refuse(rungs, cell, dataset.Files.Where(file => file.AmbientDegC == ambientDegC), "an ambient that split \"model B\" keeps unseen");
            scores.AddRange(RunFiles(dataset, [.. dataset.In(SplitPart.Test)], cell, folder, rungs, [BoardCondition.Headline], options, null));
        }

        return scores;
    }

    // Nobody is believed who was taught what is asked.
    static void Refuse(IEnumerable<SocRung> rungs, CellType cell, IEnumerable<DatasetFile> kept, string why)
    {
        DatasetFile[] files = [.. kept];
        foreach (var rung in rungs.Where(rung => rung.IsLearned)) ModelLeaks.Refuse(rung.Model(cell)!, files, why);
    }

    // A set that a learned rung was never trained on is left out for it.
    static bool Knows(SocRung rung, CellType cell)
    {
        if (!rung.IsLearned) return true;
        try
        {
            rung.Create(cell);
            return true;
        }
        catch (ModelException)
        {
            return false;
        }
    }

    // A cell file lists the recordings that took part in its identification.
    static IEnumerable<string> FittedOn(CellType cell, IEnumerable<DatasetFile> files) =>
        files.Select(file => Path.GetFileName(file.RelativePath)).Where(name => cell.Fit.Any(row => row.Use == "fit" && row.Recording == name));

    static FileScores[] RunFiles(
        Dataset dataset, DatasetFile[] files, CellType cell, string folder, SocRung[] rungs, IReadOnlyList<BoardCondition> conditions, SocBoardOptions options, IProgress<long>? progress)
    {
        var results = new FileScores[files.Length * rungs.Length];
        int done = 0;
        ParallelOptions threads = new() { MaxDegreeOfParallelism = options.Threads };
        var recordings = new LabelledRecording[files.Length];
        Parallel.For(0, files.Length, threads, k => recordings[k] = dataset.Load(folder, files[k]));
        (string, IReadOnlySet<ulong>)[] tested = [.. files.Select((file, k) => (file.RelativePath, RowHash.All(recordings[k].Recording)))];
        foreach (var rung in rungs.Where(rung => rung.IsLearned)) ModelLeaks.RefuseRows(rung.Model(cell)!, tested, "which this board tests");
        Parallel.For(0, results.Length, threads, k =>
        {
            int file = k / rungs.Length;
            results[k] = RunFile(files[file], recordings[file], rungs[k % rungs.Length], cell, conditions, options, folder);
            lock (files) progress?.Report(1000L * ++done / results.Length);
        });
        return results;
    }

    /// <summary>The rungs that options name, in the board's order.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public static IReadOnlyList<SocRung> Chosen(SocBoardOptions options)
    {
        if (options.Methods.Count == 0) return [.. options.Rungs.Where(rung => rung.RunsUnnamed)];
        string? unknown = options.Methods.FirstOrDefault(name => options.Rungs.All(rung => rung.Name != name));
        if (unknown is not null) throw new ArgumentException($"'{unknown}' is no method; known are {string.Join(", ", options.Rungs.Select(rung => rung.Name))}.", nameof(options));
        return [.. options.Rungs.Where(rung => options.Methods.Contains(rung.Name, StringComparer.Ordinal))];
    }

    /// <summary>The conditions of a set, headline first.</summary>
    public static IReadOnlyList<BoardCondition> Conditions(Dataset dataset, bool quick) =>
    [
        BoardCondition.Headline, .. BoardCondition.WrongStarts, .. BoardCondition.SixFaults,
        .. quick ? [] : (BoardCondition[])[.. BoardCondition.OtherFaults, BoardCondition.AfterRest, BoardCondition.FileStart],
        .. dataset.CapacityIsUncertain ? BoardCondition.Capacities : [],
    ];

    /// <summary>Every condition of one rung over one recording, taken from what is kept where it is.</summary>
    public static FileScores RunFile(
        DatasetFile file, LabelledRecording labelled, SocRung rung, CellType cell, IReadOnlyList<BoardCondition> conditions, SocBoardOptions options, string folder)
    {
        IReadOnlyDictionary<string, IReadOnlyList<CutScore>> Run() => RunConditions(file, labelled, rung, cell, conditions, options);
        return new()
        {
            File = file,
            Rung = rung.Name,
            ReferenceAh = labelled.ReferenceAh,
            LowestSoc = labelled.Soc.Where(double.IsFinite).Min(),
            Runs = options.Kept is { } kept ? kept.Take(KeyOf(file, rung, cell, conditions, options, folder), Run) : Run(),
        };
    }

    // Programs of another build have another identity.
    static string KeyOf(DatasetFile file, SocRung rung, CellType cell, IReadOnlyList<BoardCondition> conditions, SocBoardOptions options, string folder) => string.Join('\n',
        ProgramIdentity.Text,
        DataHash.Of(folder, [file.RelativePath]), file, CellFile.Format(cell), rung.Name, rung.Made(cell), rung.UnknownStart, string.Join(',', conditions), options.Seed, options.Quick, options.Cuts);

    static Dictionary<string, IReadOnlyList<CutScore>> RunConditions(
        DatasetFile file, LabelledRecording labelled, SocRung rung, CellType cell, IReadOnlyList<BoardCondition> conditions, SocBoardOptions options)
    {
        // SOC is a fraction of a stated capacity: estimator and label must state the same one.
        var estimator = rung.Create(cell with { CapacityAh = labelled.ReferenceAh });
        var cutOptions = options.Quick ? options.Cuts with { DriveCuts = Math.Min(6, options.Cuts.DriveCuts) } : options.Cuts;
        var cuts = CutPlaces.Find(labelled, cutOptions, options.Seed);
        Dictionary<string, IReadOnlyList<CutScore>> runs = [];
        foreach (var condition in conditions)
        {
            var truth = condition.CapacityFactor == 1 ? labelled : labelled.WithCapacityTimes(condition.CapacityFactor);
            var places = condition.Kind == CutKind.FileStart ? [new(0, CutKind.FileStart)] : cuts.Where(cut => cut.Kind == condition.Kind);
            runs[condition.Name] = [.. from cut in places
                                       from start in Starts(condition, rung, truth.Soc[cut.Row])
                                       select CutRun.Run(truth, cut, estimator, start, CutRuns.Sensors(condition.Sensors, cut, options.Seed, file.RelativePath), cutOptions, aimSoc: IsByTemperature(file) ? Aim.RmseAt : null, countsErrors: condition == BoardCondition.Headline)];
        }

        return runs;
    }

    // A chamber that warms up has no ambient of its own: the aim is that of the temperature measured.
    static bool IsByTemperature(DatasetFile file) => file.Group == Aim.Rising;

    static IEnumerable<SocStart> Starts(BoardCondition condition, SocRung rung, double truth)
    {
        if (condition.WrongBySoc == 0) return [rung.UnknownStart];
        return ((double[])[truth - condition.WrongBySoc, truth + condition.WrongBySoc]).Where(soc => soc is >= 0 and <= 1).Select(soc => SocStart.Told(soc, ClaimedSoc));
    }
}
