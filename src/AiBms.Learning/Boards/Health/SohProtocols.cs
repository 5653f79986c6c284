using AiBms.Learning.Health;
using AiBms.Learning.Learners;

namespace AiBms.Learning.Boards.Health;

/// <summary>The tables of <c>board soh</c>.</summary>
public static class SohProtocols
{
    const string Quadratic = "quadratic ridge, this charge", Held = "average of ridge and Gaussian process, history";

    // MAPE of PINN4SOH for each batch.
    static readonly (string Batch, double Limit)[] s_published = [("2C", 0.0070), ("3C", 0.0113), ("R2.5", 0.0086), ("R3", 0.0071), ("RW", 0.0105), ("Sim_satellite", 0.0063)];

    /// <summary>Every protocol, in order; reads the sets it needs when it is asked for.</summary>
    public static IEnumerable<HealthProtocol> All(string data)
    {
        var xjtu = ChargeFeatureSet.Xjtu(data);
        yield return Xjtu("xjtu-folds", xjtu, CellSplit.Folds("fold", xjtu, 5)) with
        {
            Title = "XJTU, five folds by cell",
            Note = "Every cell is tested once by a model that never saw it; one model for all batches, which is not told the batch. Row k of a cell uses its charges up to k only.",
            Aims = [new("xjtu-folds mean MAPE", null, HealthFigure.MeanMape, [0.007])],
        };
        yield return Xjtu("xjtu-published", xjtu, ChargeFeatureSet.PublishedSplits(xjtu)) with
        {
            Title = "XJTU, the split of PINN4SOH: cells 4 and 8 of each batch",
            Note = "One model for all batches, learnt from the other cells. The published network removes rows beyond three deviations from the test cells as well, and scales the features of each cell, number of the cycle included, by that cell's whole life: its figures know the end of the test. Ours keep every row and use the past alone.",
            Published = ["PINN4SOH (with the cell's whole life in its scaling): 2C 0.70, 3C 1.13, R2.5 0.86, R3 0.71, RW 1.05, Sim_satellite 0.63 %", "a quadratic ridge on the same split: 1.12, 0.84, 0.82, 1.58, 1.44, 1.33 %"],
            Aims = [.. s_published.Select(aim => new HealthAim($"xjtu-published {aim.Batch} MAPE", aim.Batch, HealthFigure.Mape, [aim.Limit]))],
        };
        yield return Xjtu("xjtu-batches", xjtu, CellSplit.LeaveGroupsOut("batch", xjtu)) with
        {
            Title = "XJTU, one batch left out",
            Note = "The batch that is tested was used in a way that the model never saw.",
            Aims = [new("xjtu-batches mean MAPE", null, HealthFigure.MeanMape, [0.015])],
        };
        var mit = ChargeFeatureSet.Mit(data);
        // One row in ten: neighbouring cycles say the same.
        var thin = mit with { Cells = [.. mit.Cells.Select(Thin)] };
        yield return Xjtu("xjtu-to-mit", thin, [new CellSplit("other chemistry", thin, xjtu.Cells, thin.Cells)]) with
        {
            Title = "From XJTU (NCM, 2 Ah) to MIT (LFP, 1.1 Ah)",
            Note = "Another chemistry, size and voltage: the right answer is \"out of range\", and the column says how often the model's own check gives it. Skill over the best constant, the mean of MIT itself, is 1 − √(1 − R²): below 0 where R² is. The row \"mean of training\" is the mean of XJTU.",
        };
        yield return Nasa(NasaSet.Read(data));
        foreach (var set in PulseBatSet.Read(data)) yield return PulseBat(set);
    }

    /// <summary>Learners on charge features with history.</summary>
    static IReadOnlyList<ILearner> ChargeLearners { get; } =
    [
        new MeanLearner(),
        new RidgeLearner("ridge, this charge", ChargeFeatureSet.IsOfThisCharge),
        new RidgeLearner(Quadratic, ChargeFeatureSet.IsOfThisCharge, ChargeFeatureSet.IsOfThisCharge),
        HistoryRidge,
        HistoryProcess,
        new AverageLearner(Held, HistoryRidge, HistoryProcess),
    ];

    static RidgeLearner HistoryRidge => new("quadratic ridge, history", ChargeFeatureSet.IsHistory, ChargeFeatureSet.IsSlow) { LinearFactor = 3e-3, ProductFactor = 0.1 };

    static KernelLearner HistoryProcess => new("Gaussian process, history", ChargeFeatureSet.IsHistory);

    static HealthProtocol Xjtu(string id, FeatureSet set, IReadOnlyList<CellSplit> splits) =>
        new() { Id = id, Title = set.Title, Note = "", Set = set, Splits = splits, Learners = ChargeLearners, Held = Held, HasPersistence = true };

    static HealthProtocol Nasa(FeatureSet set)
    {
        const string held = "chosen inside the training cells";
        ILearner[] candidates =
        [
            new RidgeLearner("ridge, charge windows", _ => true), new RidgeLearner("quadratic ridge, charge windows", _ => true, _ => true) { ProductFactor = 0.1 },
            new KernelLearner("Gaussian process, charge windows", _ => true),
        ];
        return new()
        {
            Id = "nasa-cells",
            Title = "NASA, one cell left out",
            Set = set,
            Splits = CellSplit.LeaveCellsOut("cell", set),
            Held = held,
            HasPersistence = true,
            Note = "From windows of voltage of the charge before each discharge. RMSE is of capacity over the rated 2 Ah: 0.022 is 0.044 Ah. The duration of the discharge is no feature. Capacity recovers after rests, which no charge shows in advance.",
            Learners = [new MeanLearner(), .. candidates, new ChoosingLearner(held, 5, candidates)],
            Aims = [new("nasa-cells RMSE", null, HealthFigure.Rmse, [0.022])],
        };
    }

    static HealthProtocol PulseBat(FeatureSet set)
    {
        const string held = "Gaussian process, pulses";
        return new()
        {
            Id = set.Id,
            Title = $"{set.Title}, five folds by battery",
            Set = set,
            Splits = CellSplit.Folds("fold", set, 5),
            Held = held,
            Note = "One row for each state of charge at which a battery was pulsed; all rows of a battery are on one side.",
            Learners = [new MeanLearner(), new RidgeLearner("ridge, pulses", _ => true) { LinearFactor = 1e-2 }, new RidgeLearner("quadratic ridge, pulses", _ => true, _ => true) { ProductFactor = 0.1 }, new KernelLearner(held, _ => true)],
        };
    }

    static FeatureCell Thin(FeatureCell cell)
    {
        int[] rows = [.. Enumerable.Range(0, cell.RowFeatures.Count).Where(k => k % 10 == 0)];
        return cell with { RowFeatures = [.. rows.Select(k => cell.RowFeatures[k])], TargetValues = [.. rows.Select(k => cell.TargetValues[k])] };
    }
}
