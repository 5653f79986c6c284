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
    const string Measured = "A row outside the ranges of the inputs is answered with out_of_range, and neither value nor interval is vouched for.";

    /// <summary>Methods of soh: from windows of a charge, from published figures of charges, from pulses.</summary>
    public const string Windows = "windows", Charges = "charges", Pulses = "pulses";

    /// <summary>Method of rul: from the discharge curves of the first hundred cycles.</summary>
    public const string Curves = "curves";

    /// <summary>Every one, with a library for the learners that need one.</summary>
    public static IReadOnlyList<ITrainer> All(ILearnerLibrary library)
    {
        ShippedTemperature temperature = new();
        return
        [
            new FeatureTrainer("soh", Charges, "figures of the end of each charge with the cell's history", ["xjtu"], request => OfCharges(request, library)),
            new FeatureTrainer("soh", Pulses, "voltages during pulses at a state of charge", PulseBatSet.Ids, request => OfPulses(request, library)),
            new FeatureTrainer("soh", Windows, "charge taken in windows of voltage", ["nasa"], request => OfWindows(request, library)),
            new FeatureTrainer("rul", Curves, "change of the discharge curve over the first 100 cycles", ["severson"], request => OfCurves(request, library)),
            .. TemperatureTask.All.Select(task => new FeatureTrainer("temp", task.ToString(), $"case temperature {task.HorizonS} s ahead, load {(task.IsLoadKnown ? "known" : "unknown")}", [LgHg2.Id, Panasonic18650Pf.Id], request => OfTemperature(request, task, temperature, library))),
        ];
    }

    static FeatureLesson OfCharges(TrainingRequest request, ILearnerLibrary library)
    {
        var set = ChargeFeatureSet.Xjtu(Folder(request));
        return Lesson(set, ChargeFeatureSet.PublishedTraining(set), SohProtocols.ChargesShipped(library), new()) with
        {
            Title = "State of health from published figures of the end of each charge, with the cell's earlier charges",
            SplitText = "cells whose number is not 4 or 8, all six batches; those are what the board tests",
            Output = new() { Name = "capacity", Unit = "Ah", Scale = 1 },
            Settings = new Dictionary<string, double>(StringComparer.Ordinal) { ["ratedAh"] = ChargeFeatureSet.XjtuRatedAh },
            Validity = $"NCM cells of 2 Ah charged to 4.2 V as in the six batches of XJTU. Expect 0.7 to 1.4 % where a cell is used like one of them, up to 3 % where not. {Measured}",
            Data = new(set.Title, set.Source, "CC BY 4.0"),
        };
    }

    static FeatureLesson OfWindows(TrainingRequest request, ILearnerLibrary library)
    {
        var set = NasaSet.Read(Folder(request));
        return Lesson(set, CellSplit.Whole(set), SohProtocols.WindowsShipped(library), new()) with
        {
            Title = "State of health from the charge taken in windows of voltage between 3.8 and 4.19 V and over half of constant voltage",
            SplitText = "every cell; the board tests each cell by a model of the others",
            Output = new() { Name = "soh", Unit = "1", Scale = 1 },
            Validity = $"18650 cells of 2 Ah (NCA) charged with 0.75 C to 4.2 V at 24 and 43 °C; relative to rated capacity. At least {ChargeWindows.FewestWindows} windows must be crossed, otherwise the answer is unknown. It leans on what the discharge before the charge gave between 3.9 and 3.3 V, which under a constant load is nearly that discharge's capacity: after another kind of discharge expect the error of the charge alone, 0.06 Ah instead of 0.04. {Measured}",
            Data = new(set.Title, set.Source, "public"),
        };
    }

    static FeatureLesson OfPulses(TrainingRequest request, ILearnerLibrary library)
    {
        var set = PulseBatSet.Read(Folder(request)).FirstOrDefault(found => found.Id == request.Set) ?? throw new DataException($"'{request.Set}' is no set of pulses; known are {string.Join(", ", PulseBatSet.Ids)}.");
        return Lesson(set, CellSplit.Whole(set), SohProtocols.PulsesShipped, new()) with
        {
            Title = "State of health of second-life batteries from voltages during 20 pulses at a state of charge",
            SplitText = "every battery; the board tests five folds by battery",
            UnitName = "batteries",
            Output = new() { Name = "soh", Unit = "1", Scale = 1 },
            Validity = $"Batteries of the kind {set.Id["pulsebat-".Length..].Replace('_', ' ')}, pulsed as in PulseBat. {Measured}",
            Data = new(set.Title, set.Source, "MIT"),
        };
    }

    static FeatureLesson OfCurves(TrainingRequest request, ILearnerLibrary library)
    {
        var set = SeversonSet.Read(Folder(request));
        return Lesson(set, SeversonSet.Primary(set), RulProtocols.HeldLearner(library), new() { IsSized = false }) with
        {
            Title = "Cycle life from how the discharge curve changes between cycles 2, 10, 50 and 100",
            SplitText = "the published training cells; the board tests the primary test",
            Output = new() { Name = "life", Unit = "cycle", Scale = 1 },
            Validity = $"LFP cells of 1.1 Ah (3.5 to 2.0 V, 4C discharge at 30 °C) under fast charging; cycles until 80 % of 1.1 Ah. {Measured}",
            Data = new(set.Title, set.Source, "CC BY 4.0"),
        };
    }

    static FeatureLesson OfTemperature(TrainingRequest request, TemperatureTask task, ShippedTemperature temperature, ILearnerLibrary library)
    {
        var (set, split, cellId) = temperature.Of(task, request.Set, Folder(request), request.Cells);
        return Lesson(set, split, TemperatureProtocols.Learners(library).First(learner => learner.Name == TemperatureProtocols.Held), new() { IsRelative = false, IsOfChooseAlone = !task.IsLoadKnown }) with
        {
            Id = request.Set,
            Title = $"Case temperature {task.HorizonS} s ahead, load {(task.IsLoadKnown ? "known" : "unknown")}: what the thermal filter's forecast leaves over",
            SplitText = "training recordings of the published split; choosing recordings make the interval; the others are what the board tests",
            UnitName = "recordings",
            CellIds = [cellId],
            Output = new() { Name = "change", Unit = "K", Scale = 1 },
            Settings = new Dictionary<string, double>(StringComparer.Ordinal) { ["horizonS"] = task.HorizonS, ["loadKnown"] = task.IsLoadKnown ? 1 : 0 },
            Validity = $"One cell in still chamber air, ambients as trained on, from {TemperatureSet.SettleS:0} s after the start. {Measured}",
            Data = new(set.Title, set.Source, "CC BY 4.0"),
        };
    }

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
        Directory.Exists(request.DataPath) ? request.DataPath : throw new DataException($"'{request.DataPath}' is no folder of measured data: this model is trained on a published set below it.");
}
