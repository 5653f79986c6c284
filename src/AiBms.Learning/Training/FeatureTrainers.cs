using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Boards.Health;
using AiBms.Learning.Boards.Temperature;
using AiBms.Learning.Datasets;
using AiBms.Learning.Health;
using AiBms.Learning.Learners;
using AiBms.Learning.Temperature;
using AiBms.Telemetry;

namespace AiBms.Learning.Training;

/// <summary>Trainers of the models that ship for health, life and temperature. Each takes the learner that its board holds to the aims, or another row of its table where that one keeps measured rows (a shipped file holds none), or is told less than a user has.</summary>
public static class FeatureTrainers
{
    const string Measured = "A row of which more than one input in 20 lies a quarter of its range beyond it, or is not known where the rows learnt from had it, is answered with out_of_range, and neither value nor interval is vouched for.";

    static readonly ModelInput s_capacity = new() { Name = "capacity", Unit = "Ah", Scale = 1 }, s_soh = new() { Name = "soh", Unit = "1", Scale = 1 }, s_life = new() { Name = "life", Unit = "cycle", Scale = 1 };

    /// <summary>Methods of soh: from windows of a charge, from published figures of charges, from pulses.</summary>
    public const string Windows = "windows", Charges = "charges", Pulses = "pulses";

    /// <summary>Method of rul: from the discharge curves of the first hundred cycles.</summary>
    public const string Curves = "curves";

    /// <summary>Every one, with a library for the learners that need one.</summary>
    public static IReadOnlyList<ITrainer> All(ILearnerLibrary library)
    {
        TemperatureLessons temperature = new();
        return
        [
            new FeatureTrainer("soh", Charges, "figures of the end of each charge with the cell's history", ["xjtu", SocTrainingData.Own], request => OfCharges(request, library)),
            new FeatureTrainer("soh", Pulses, "voltages during pulses at a state of charge", [.. PulseBatSet.Ids, SocTrainingData.Own], request => OfPulses(request, library)),
            new FeatureTrainer("soh", Windows, "charge taken in windows of voltage", ["nasa", SocTrainingData.Own], request => OfWindows(request, library)),
            new FeatureTrainer("rul", Curves, "change of the discharge curve over the first 100 cycles", ["severson", SocTrainingData.Own], request => OfCurves(request, library)),
            .. TemperatureTask.All.Select(task => new FeatureTrainer("temp", task.ToString(), $"case temperature {task.HorizonS} s ahead, load {(task.IsLoadKnown ? "known" : "unknown")}", [LgHg2.Id, Panasonic18650Pf.Id, SocTrainingData.Own], request => OfTemperature(request, task, temperature, library))),
        ];
    }

    static FeatureLesson OfCharges(TrainingRequest request, ILearnerLibrary library)
    {
        if (request.Set == SocTrainingData.Own) return Own(OwnCells.Charges(Folder(request)), SohProtocols.ChargesShipped(library), new()) with { Title = "State of health from figures of the end of each charge, with the cell's earlier charges", Output = s_capacity };
        var set = ChargeFeatureSet.Xjtu(Folder(request));
        return Lesson(set, ChargeFeatureSet.PublishedTraining(set), SohProtocols.ChargesShipped(library), new()) with
        {
            Title = "State of health from published figures of the end of each charge, with the cell's earlier charges",
            SplitText = "cells whose number is not 4 or 8, all six batches; those are what the board tests",
            Output = s_capacity,
            Settings = new Dictionary<string, double>(StringComparer.Ordinal) { ["ratedAh"] = ChargeFeatureSet.XjtuRatedAh },
            BoardTable = "xjtu-published",
            Validity = $"NCM cells of 2 Ah charged to 4.2 V as in the six batches of XJTU. Expect 0.7 to 1.4 % where a cell is used like one of them, up to 3 % where not. {Measured}",
            Data = new(set.Title, set.Source, "CC BY 4.0"),
        };
    }

    static FeatureLesson OfWindows(TrainingRequest request, ILearnerLibrary library)
    {
        if (request.Set == SocTrainingData.Own) return Own(OwnCells.Windows(Folder(request), request.OwnCell(), request.SeriesCount), SohProtocols.WindowsShipped(library), new()) with { Title = "State of health, relative to rated capacity, from the charge taken in windows of voltage", Output = s_soh };
        var set = NasaSet.Read(Folder(request));
        return Lesson(set, CellSplit.Whole(set), SohProtocols.WindowsShipped(library), new()) with
        {
            Title = "State of health from the charge taken in windows of voltage between 3.8 and 4.19 V and over half of constant voltage",
            SplitText = "every cell; the board tests each cell by a model of the others",
            Output = s_soh,
            BoardTable = "nasa-cells (each cell there by a training on the others)",
            Validity = $"18650 cells of 2 Ah (NCA) charged with 0.75 C to 4.2 V at 24 and 43 °C; relative to rated capacity. At least {ChargeWindows.FewestWindows} windows must be crossed, otherwise the answer is unknown; it learnt from whole charges with the discharge before them, and a charge without that, or a short one, is answered with out_of_range. It leans on what the discharge before the charge gave between 3.9 and 3.3 V, which under a constant load is nearly that discharge's capacity: after another kind of discharge expect the error of the charge alone, 0.06 Ah instead of 0.04. {Measured}",
            Data = new(set.Title, set.Source, "public"),
        };
    }

    static FeatureLesson OfPulses(TrainingRequest request, ILearnerLibrary library)
    {
        if (request.Set == SocTrainingData.Own) return Own(OwnCells.Pulses(Folder(request)), SohProtocols.PulsesShipped, new()) with { Title = "State of health from voltages during pulses at a state of charge", UnitName = "batteries", Output = s_soh };
        var set = PulseBatSet.Read(Folder(request)).FirstOrDefault(found => found.Id == request.Set) ?? throw new DataException($"'{request.Set}' is no set of pulses; known are {string.Join(", ", PulseBatSet.Ids)}.");
        return Lesson(set, CellSplit.Whole(set), SohProtocols.PulsesShipped, new()) with
        {
            Title = "State of health of second-life batteries from voltages during 20 pulses at a state of charge",
            SplitText = "every battery; the board tests five folds by battery",
            UnitName = "batteries",
            Output = s_soh,
            BoardTable = $"{set.Id} (five folds there, each by a training on the others)",
            Validity = $"Batteries of the kind {set.Id["pulsebat-".Length..].Replace('_', ' ')}, pulsed as in PulseBat. {Measured}",
            Data = new(set.Title, set.Source, "MIT"),
        };
    }

    static FeatureLesson OfCurves(TrainingRequest request, ILearnerLibrary library)
    {
        if (request.Set == SocTrainingData.Own) return Own(OwnCells.Curves(Folder(request)), RulProtocols.HeldLearner(library), new() { IsSized = false }) with { Title = "Cycle life from how the discharge curve changes between cycles 2, 10, 50 and 100", Output = s_life };
        var set = SeversonSet.Read(Folder(request));
        return Lesson(set, SeversonSet.Primary(set), RulProtocols.HeldLearner(library), new() { IsSized = false }) with
        {
            Title = "Cycle life from how the discharge curve changes between cycles 2, 10, 50 and 100",
            SplitText = "the published training cells; the board tests the primary test",
            Output = s_life,
            BoardTable = "severson-primary",
            Validity = $"LFP cells of 1.1 Ah (3.5 to 2.0 V, 4C discharge at 30 °C) under fast charging; cycles until 80 % of 1.1 Ah. {Measured}",
            Data = new(set.Title, set.Source, "CC BY 4.0"),
        };
    }

    static FeatureLesson OfTemperature(TrainingRequest request, TemperatureTask task, TemperatureLessons temperature, ILearnerLibrary library)
    {
        _ = Folder(request);
        bool isOwn = request.Set == SocTrainingData.Own;
        var (set, split, cellId) = temperature.Of(task, request);
        return Lesson(set, split, TemperatureProtocols.Learners(library).First(learner => learner.Name == TemperatureProtocols.Held), new() { IsRelative = false, IsOfChooseAlone = !task.IsLoadKnown }) with
        {
            Id = request.Set,
            Title = $"Case temperature {task.HorizonS} s ahead, load {(task.IsLoadKnown ? "known" : "unknown")}: what the thermal filter's forecast leaves over",
            SplitText = isOwn ? "recordings of a user: every fifth by name, of fewer the last, makes the interval; nothing is tested" : "training recordings of the published split; choosing recordings make the interval; the others are what the board tests",
            UnitName = "recordings",
            CellIds = [cellId],
            Output = new() { Name = "change", Unit = "K", Scale = 1 },
            Settings = new Dictionary<string, double>(StringComparer.Ordinal) { ["horizonS"] = task.HorizonS, ["loadKnown"] = task.IsLoadKnown ? 1 : 0 },
            BoardTable = isOwn ? null : request.Set,
            Validity = $"{(isOwn ? "Loads and surroundings as in the recordings" : "One cell in still chamber air, ambients as trained on")}, from {TemperatureSet.SettleS:0} s after the start. {Measured}",
            Data = new(set.Title, set.Source, isOwn ? set.Source : "CC BY 4.0"),
        };
    }

    static FeatureLesson Own(FeatureSet set, ILearner learner, IntervalDesign interval) => Lesson(set, CellSplit.Whole(set), learner, interval) with
    {
        SplitText = "every cell of a user; the interval is from cells held out of trainings on the others, nothing is tested",
        Validity = $"Cells of the kind it was made from, used like them. {Measured}",
        Data = new(set.Title, set.Source, set.Source),
    };

    static FeatureLesson Lesson(FeatureSet set, CellSplit split, ILearner learner, IntervalDesign interval) => new()
    {
        Id = set.Id,
        Title = "",
        Split = split,
        SplitText = "",
        Learner = learner,
        Interval = interval,
        Output = new() { Name = "estimate", Unit = "1", Scale = 1 },
        Validity = "",
        Data = new("", "", ""),
        DataHash = set.DataHash,
    };

    static string Folder(TrainingRequest request) =>
        Directory.Exists(request.DataPath) ? request.DataPath : throw new DataException($"'{request.DataPath}' is no folder: this model is learnt from several recordings or cells, a published set or files of your own below it.");
}
