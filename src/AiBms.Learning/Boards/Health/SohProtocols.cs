using AiBms.Learning.Health;
using AiBms.Learning.Learners;

namespace AiBms.Learning.Boards.Health;

/// <summary>The tables of <c>board soh</c>.</summary>
public static class SohProtocols
{
    const string Quadratic = "quadratic ridge, this charge", Held = "average of ridge, Gaussian process and trees, history", ShippedCharges = "average of ridge and trees, history", Chosen = "chosen inside the training cells", Chosen3 = "average of the three best inside the training cells", ToldDischarge = "told windows of the last discharge: average of the three best", PulseProcess = "Gaussian process, pulses", QuadraticPulses = "quadratic ridge, pulses";

    // MAPE of PINN4SOH for each batch.
    static readonly (string Batch, double Limit)[] s_published = [("2C", 0.0070), ("3C", 0.0113), ("R2.5", 0.0086), ("R3", 0.0071), ("RW", 0.0105), ("Sim_satellite", 0.0063)];

    /// <summary>Every protocol, in order; reads the sets it needs when it is asked for.</summary>
    /// <param name="data">Folder of measured data.</param>
    /// <param name="library">Learners that need a library; a board needs only their names.</param>
    public static IEnumerable<HealthProtocol> All(string data, ILearnerLibrary library)
    {
        var xjtu = ChargeFeatureSet.Xjtu(data);
        yield return Xjtu("xjtu-folds", xjtu, CellSplit.Folds("fold", xjtu, 5), library) with
        {
            Title = "XJTU, five folds by cell",
            Note = "Every cell is tested once by a model that never saw it; one model for all batches, which is not told the batch. Row k of a cell uses its charges up to k only.",
            Seeds = [1],
            Aims = [new("xjtu-folds mean MAPE", null, HealthFigure.MeanMape, [0.007])],
        };
        yield return Xjtu("xjtu-published", xjtu, ChargeFeatureSet.PublishedSplits(xjtu), library) with
        {
            Title = "XJTU, the split of PINN4SOH: cells 4 and 8 of each batch",
            Note = "One model for all batches, learnt from the other cells. The published network removes rows beyond three deviations from the test cells as well, and scales the features of each cell, number of the cycle included, by that cell's whole life: its figures know the end of the test. Ours keep every row and use the past alone.",
            Published = ["PINN4SOH (with the cell's whole life in its scaling): 2C 0.70, 3C 1.13, R2.5 0.86, R3 0.71, RW 1.05, Sim_satellite 0.63 %", "a quadratic ridge on the same split: 1.12, 0.84, 0.82, 1.58, 1.44, 1.33 %"],
            Aims = [.. s_published.Select(aim => new HealthAim($"xjtu-published {aim.Batch} MAPE", aim.Batch, HealthFigure.Mape, [aim.Limit]))],
        };
        yield return Xjtu("xjtu-batches", xjtu, CellSplit.LeaveGroupsOut("batch", xjtu), library) with
        {
            Title = "XJTU, one batch left out",
            Note = "The batch that is tested was used in a way that the model never saw. The interval comes from whole batches left out of the training side.",
            Interval = new() { LeavesGroupsOut = true },
            Seeds = [1],
            Aims = [new("xjtu-batches mean MAPE", null, HealthFigure.MeanMape, [0.015])],
        };
        var mit = ChargeFeatureSet.Mit(data);
        // One row in ten: neighbouring cycles say the same.
        var thin = mit with { Cells = [.. mit.Cells.Select(Thin)] };
        yield return Xjtu("xjtu-to-mit", thin, [new CellSplit("other chemistry", thin, xjtu.Cells, thin.Cells)], library) with
        {
            Title = "From XJTU (NCM, 2 Ah) to MIT (LFP, 1.1 Ah)",
            TrainingHash = xjtu.DataHash,
            Seeds = [1],
            Note = "Another chemistry, size and voltage: the right answer is \"out of range\", and the column says how often the model's own check gives it. Skill over the best constant, the mean of MIT itself, is 1 − √(1 − R²): below 0 where R² is. The row \"mean of training\" is the mean of XJTU.",
        };
        yield return Xjtu("mit-folds", thin, CellSplit.Folds("fold", thin, 5), library) with
        {
            Title = "MIT (LFP, 1.1 Ah), five folds by cell",
            Ships = null,
            Seeds = [1],
            Note = "The same learners on the other chemistry, learnt from its own cells; one row in ten of each cell, with the history of all.",
            Published = ["PINN4SOH on MIT (another split, a cell's whole life in its scaling): 0.65 %"],
        };
        yield return Nasa(NasaSet.Read(data), library);
        foreach (var set in PulseBatSet.Read(data)) yield return PulseBat(set, library);
    }

    /// <summary>Learner that is held to the aims on charge figures: least error by cross-validation over the training cells of the published split.</summary>
    public static ILearner ChargesHeld(ILearnerLibrary library) => new AverageLearner(Held, HistoryRidge, HistoryProcess, HistoryTrees(library));

    /// <summary>Learner of the model of charge figures that ships: the held one without its Gaussian process, which keeps the rows it learnt from.</summary>
    public static ILearner ChargesShipped(ILearnerLibrary library) => new AverageLearner(ShippedCharges, HistoryRidge, HistoryTrees(library));

    /// <summary>Learner of the models of pulses that ship: the best that keeps no row it learnt from.</summary>
    public static ILearner PulsesShipped => PulseRidge;

    /// <summary>Learner of the model of windows that ships. It is told what the last discharge gave in windows of voltage, so it is not what is held to the aim.</summary>
    public static ILearner WindowsShipped(ILearnerLibrary library) => new ChoosingLearner(ToldDischarge, WindowFolds, [.. WindowRidges, .. DischargeWindowLearners]) { BestCount = 3 };

    /// <summary>Learner that is held on pulses.</summary>
    public static ILearner PulsesHeld(ILearnerLibrary library) => new KernelLearner(PulseProcess, _ => true);

    static RidgeLearner PulseRidge => new(QuadraticPulses, _ => true, _ => true) { ProductFactor = 0.1 };

    static IReadOnlyList<ILearner> ChargeLearners(ILearnerLibrary library) =>
    [
        new MeanLearner(),
        new RidgeLearner("ridge, this charge", ChargeFeatureSet.IsOfThisCharge),
        new RidgeLearner(Quadratic, ChargeFeatureSet.IsOfThisCharge, ChargeFeatureSet.IsOfThisCharge),
        HistoryRidge,
        HistoryProcess,
        HistoryTrees(library),
        ChargesShipped(library),
        ChargesHeld(library),
    ];

    static RidgeLearner HistoryRidge => new("quadratic ridge, history", ChargeFeatureSet.IsHistory, ChargeFeatureSet.IsSlow) { LinearFactor = 3e-3, ProductFactor = 0.1, EveryRow = 3 };

    static KernelLearner HistoryProcess => new("Gaussian process, history", ChargeFeatureSet.IsHistory) { LengthFactor = 1.5, MostRows = 1200 };

    static ILearner HistoryTrees(ILearnerLibrary library) => library.Trees("boosted trees, history", ChargeFeatureSet.IsHistory, new() { TreeCount = 200, RateFactor = 0.07, EveryRow = 3 });

    static HealthProtocol Xjtu(string id, FeatureSet set, IReadOnlyList<CellSplit> splits, ILearnerLibrary library) =>
        new() { Id = id, Title = set.Title, Note = "", Set = set, Splits = splits, Learners = ChargeLearners(library), Held = Held, Ships = ShippedCharges, HasPersistence = true };

    // Parts of the cells inside which a learner on windows is chosen.
    const int WindowFolds = 5;

    // What may be chosen from: a model that ships keeps no measured row, which a process would.
    static IReadOnlyList<ILearner> WindowRidges { get; } =
    [
        new RidgeLearner("ridge, charge windows", ChargeRow.IsWindow), new RidgeLearner("quadratic ridge, charge windows", ChargeRow.IsWindow, ChargeRow.IsWindow) { LinearFactor = 1e-2, ProductFactor = 0.3 },
        new RidgeLearner("ridge, windows and start", ChargeRow.IsOfCharge) { LinearFactor = 0.03 },
        new RidgeLearner("quadratic ridge, windows and start", ChargeRow.IsOfCharge, ChargeRow.IsOfCharge) { LinearFactor = 1e-2, ProductFactor = 0.3 },
        new RidgeLearner("ridge, windows, start and last discharge", ChargeRow.IsWithoutDischargeWindow) { LinearFactor = 0.03 },
        new RidgeLearner("quadratic ridge, windows, start and last discharge", ChargeRow.IsWithoutDischargeWindow, ChargeRow.IsWithoutDischargeWindow) { LinearFactor = 1e-2, ProductFactor = 0.3 },
    ];

    static IReadOnlyList<ILearner> DischargeWindowLearners { get; } =
    [
        new RidgeLearner("ridge, windows of charge and last discharge", _ => true) { LinearFactor = 0.03 },
        new RidgeLearner("quadratic ridge, windows of charge and last discharge", _ => true, _ => true) { LinearFactor = 1e-2, ProductFactor = 0.3 },
        // Every cell is charged with the same current: what differs is the meter.
        new RidgeLearner("ridge, the same without the charging current", ChargeWindows.IsNoCurrent) { LinearFactor = 0.01 },
        new RidgeLearner("ridge, the same without the charging current, weak penalty", ChargeWindows.IsNoCurrent) { LinearFactor = 0.003 },
    ];

    static HealthProtocol Nasa(FeatureSet set, ILearnerLibrary library) => new()
    {
        Id = "nasa-cells",
        Title = "NASA, one cell left out",
        Set = set,
        Splits = CellSplit.LeaveCellsOut("cell", set),
        // Not the ones that are told windows of the last discharge: those know its capacity by another name.
        Held = Chosen3,
        Ships = ToldDischarge,
        // Ridges alone: a seed changes nothing.
        Seeds = [1],
        HasPersistence = true,
        Note = "From windows of voltage of the charge before each discharge, how that charge began, and how deep and under what load the discharge before it went. RMSE is of capacity over the rated 2 Ah: 0.022 is 0.044 Ah. The last five rows are also told what the discharge before gave in six windows of voltage from 3.9 to 3.3 V. Under a constant load the sum of those is five sixths of that discharge's capacity and goes with it (correlation 0.98 over all cells), so they know the last capacity by another name, persistence beats them, and the aim is held on the rows without them. Capacity recovers after rests, which no charge shows in advance.",
        Learners = [new MeanLearner(), .. WindowRidges, new KernelLearner("Gaussian process, charge windows", ChargeRow.IsWindow), new ChoosingLearner(Chosen, WindowFolds, WindowRidges), new ChoosingLearner(Chosen3, WindowFolds, WindowRidges) { BestCount = 3 }, .. DischargeWindowLearners, WindowsShipped(library)],
        Aims = [new("nasa-cells RMSE", null, HealthFigure.Rmse, [0.022])],
    };

    static HealthProtocol PulseBat(FeatureSet set, ILearnerLibrary library) => new()
    {
        Id = set.Id,
        Title = $"{set.Title}, five folds by battery",
        Set = set,
        Splits = CellSplit.Folds("fold", set, 5),
        Held = PulseProcess,
        Ships = QuadraticPulses,
        Note = "One row for each state of charge at which a battery was pulsed; all rows of a battery are on one side.",
        Learners = [new MeanLearner(), new RidgeLearner("ridge, pulses", _ => true) { LinearFactor = 1e-2 }, PulseRidge, PulsesHeld(library)],
    };

    static FeatureCell Thin(FeatureCell cell)
    {
        int[] rows = [.. Enumerable.Range(0, cell.RowFeatures.Count).Where(k => k % 10 == 0)];
        return cell with { RowFeatures = [.. rows.Select(k => cell.RowFeatures[k])], TargetValues = [.. rows.Select(k => cell.TargetValues[k])] };
    }
}
