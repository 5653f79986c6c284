using AiBms.Learning.Health;
using AiBms.Learning.Learners;
using AiBms.Tests.Learning.Health;

namespace AiBms.Tests.Learning.Learners;

/// <summary>Learners find the law that they can express, and the interval holds on new cells.</summary>
public class LearnerTests
{
    static double WorstError(ILearner learner, Func<double[], double> law)
    {
        var split = CellSplit.Folds("fold", HealthMadeUp.Set(10, 60, law), 5)[0];
        return split.Score(HealthModel.Fit(learner, split.Training, 1, withInterval: false)).SelectMany(cell => cell.TruthValues.Zip(cell.EstimateValues, (t, e) => Math.Abs(t - e))).Max();
    }

    // The penalty of 1e-9 shrinks by about as much; rows beyond four deviations would be held, three features in 600 rows have none.
    [Fact]
    public void RidgeFindsALine() => Assert.InRange(WorstError(new RidgeLearner("r", _ => true) { LinearFactor = 1e-9 }, row => 5 + row[0] - 2 * row[2]), 0, 1e-6);

    [Fact]
    public void QuadraticRidgeFindsAProduct() =>
        Assert.InRange(WorstError(new RidgeLearner("q", _ => true, _ => true) { LinearFactor = 1e-9, ProductFactor = 1e-9 }, row => 5 + row[0] * row[1] + 0.5 * row[2] * row[2]), 0, 1e-5);

    [Fact]
    public void ALineCannotFindAProduct() => Assert.True(WorstError(new RidgeLearner("r", _ => true), row => 5 + row[0] * row[1]) > 0.5);

    [Fact]
    public void ProcessWithoutNoiseGoesThroughWhatItLearnt()
    {
        var set = HealthMadeUp.Set(4, 20, row => Math.Sin(row[0]) + row[1]);
        var split = CellSplit.LeaveCellsOut("cell", set)[0];
        var predictor = new KernelLearner("g", _ => true) { NoiseFactor = 1e-10 }.Fit(split.Training, 1);
        for (int k = 0; k < split.Training.RowFeatures.Count; k++) Assert.Equal(split.Training.TargetValues[k], predictor.Predict(split.Training.RowFeatures[k]), 1e-4);
    }

    [Fact]
    public void ChoosingTakesTheLearnerThatIsRight()
    {
        var split = CellSplit.Folds("fold", HealthMadeUp.Set(10, 60, row => 5 + row[0] * row[1]), 5)[0];
        RidgeLearner line = new("line", _ => true), product = new("product", _ => true, _ => true);
        Assert.Same(product, new ChoosingLearner("c", 3, line, product).Best(split.Training, 1));
    }

    [Fact]
    public void IntervalsOfWholeCellsHoldOnNewCells()
    {
        // Error is an offset of each cell: rows of one cell are no independent evidence. 60 cells, learnt from 48.
        var set = HealthMadeUp.Set(60, 30, row => 10 + row[0], cellOffset: 2);
        var cells = CellSplit.Folds("fold", set, 5).SelectMany(split => split.Score(HealthModel.Fit(new RidgeLearner("r", _ => true), split.Training, 1))).ToArray();
        double held = cells.Average(cell => cell.TruthValues.Where((truth, k) => cell.LowValues[k] <= truth && truth <= cell.HighValues[k]).Count() / (double)cell.TruthValues.Length);
        // 90 % with a standard error of √(0.9·0.1/60) = 4 %: two of them.
        Assert.InRange(held, 0.82, 0.98);
    }

    [Fact]
    public void FeaturesFarFromWhatWasLearntAreOutOfRange()
    {
        var split = CellSplit.Folds("fold", HealthMadeUp.Set(10, 60, row => 5 + row[0]), 5)[0];
        var model = HealthModel.Fit(new MeanLearner(), split.Training, 1, withInterval: false);
        Assert.True(model.Estimate([0, 0, 0]).IsInRange);
        Assert.False(model.Estimate([0, 50, 0]).IsInRange);
    }
}
