using AiBms.Battery.Estimation.Networks;
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
        return split.Score(new(FeatureFit.Fit(learner, split.Training, 1, interval: null))).SelectMany(cell => cell.TruthValues.Zip(cell.EstimateValues, (t, e) => Math.Abs(t - e))).Max();
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
        Regression predictor = new(new KernelLearner("g", _ => true) { NoiseFactor = 1e-10 }.Fit(split.Training, 1));
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
        var cells = CellSplit.Folds("fold", set, 5).SelectMany(split => split.Score(new(FeatureFit.Fit(new RidgeLearner("r", _ => true), split.Training, 1, new())))).ToArray();
        double held = cells.Average(cell => cell.TruthValues.Where((truth, k) => cell.LowValues[k] <= truth && truth <= cell.HighValues[k]).Count() / (double)cell.TruthValues.Length);
        // 90 % with a standard error of √(0.9·0.1/60) = 4 %: two of them.
        Assert.InRange(held, 0.82, 0.98);
    }

    [Fact]
    public void FeaturesFarFromWhatWasLearntAreOutOfRange()
    {
        var split = CellSplit.Folds("fold", HealthMadeUp.Set(10, 60, row => 5 + row[0]), 5)[0];
        FeatureModel model = new(FeatureFit.Fit(new MeanLearner(), split.Training, 1, interval: null));
        Assert.True(model.Estimate([0, 0, 0]).IsInRange);
        Assert.False(model.Estimate([0, 50, 0]).IsInRange);
    }

    [Fact]
    public void AFeatureThatIsNotKnownIsOutOfRangeUnlessTheRowsLearntFromLackedItToo()
    {
        static FeatureModel Model(Func<int, double> second)
        {
            int next = 0;
            var whole = HealthMadeUp.Set(10, 60, row => 5 + row[0]);
            var set = whole with { Cells = [.. whole.Cells.Select(cell => cell with { RowFeatures = [.. cell.RowFeatures.Select(row => (double[])[row[0], second(next++), row[2]])] })] };
            return new(FeatureFit.Fit(new MeanLearner(), CellSplit.Whole(set).Training, 1, interval: null));
        }

        var always = Model(k => k % 7);
        Assert.False(always.Estimate([0, double.NaN, 0]).IsInRange);
        Assert.Equal([always.File.Inputs[1].Name], always.Missed([0, double.NaN, 0]));
        Assert.True(Model(k => k % 20 == 0 ? double.NaN : k % 7).Estimate([0, double.NaN, 0]).IsInRange);
        // What a file of before does not tell is not guessed.
        FeatureModel before = new(always.File with { Inputs = [.. always.File.Inputs.Select(input => input with { MissingFraction = null })] });
        Assert.True(before.Estimate([0, double.NaN, 0]).IsInRange);
    }

    [Fact]
    public void WhereErrorsAreLargerTheIntervalIsWiderAndStillHolds()
    {
        // The spread of the target grows a hundredfold with the second feature: one width for all would cover the calm half wholly and the wild half badly.
        Random random = new(11);
        var set = HealthMadeUp.Set(40, 60, row => 10 + row[0] + Math.Pow(10, Math.Clamp(row[1], -1, 1)) * (random.NextDouble() - 0.5));
        var split = CellSplit.Folds("fold", set, 4)[0];
        FeatureModel model = new(FeatureFit.Fit(new RidgeLearner("r", _ => true), split.Training, 1, new() { IsRelative = false }));
        var (calm, wild) = (model.Estimate([0, -1, 0]), model.Estimate([0, 1, 0]));
        Assert.True(wild.High - wild.Low > 5 * (calm.High - calm.Low));
        var cells = split.Score(model);
        double held = cells.Average(cell => cell.TruthValues.Where((truth, k) => cell.LowValues[k] <= truth && truth <= cell.HighValues[k]).Count() / (double)cell.TruthValues.Length);
        // 600 rows of ten new cells: a standard error of about 1.5 % on 90 %.
        Assert.InRange(held, 0.85, 0.97);
    }

    [Fact]
    public void AResidualAddsToItsForecast()
    {
        // The forecast among the features is wrong by a line of another feature: the residual is found exactly, and a constant of nothing leaves the forecast alone.
        var set = HealthMadeUp.Set(10, 60, row => row[0] + 0.3 * row[2]);
        var split = CellSplit.Folds("fold", set, 5)[0];
        Regression learnt = new(new ResidualLearner("r", "a", new RidgeLearner("line", _ => true) { LinearFactor = 1e-9 }).Fit(split.Training, 1));
        Regression alone = new(new ResidualLearner("p", "a", new ConstantLearner("nothing", 0)).Fit(split.Training, 1));
        Assert.Equal(0.5 + 0.3 * 2, learnt.Predict([0.5, 1, 2]), 1e-5);
        Assert.Equal(0.5, alone.Predict([0.5, 1, 2]));
    }

    [Fact]
    public void AModelFileGivesTheSameNumbersAfterWritingAndReading()
    {
        var split = CellSplit.Folds("fold", HealthMadeUp.Set(10, 60, row => 5 + row[0] * row[1]), 5)[0];
        ILearner both = new AverageLearner("both", new RidgeLearner("r", _ => true, _ => true), new KernelLearner("g", _ => true) { MostRows = 50 });
        var file = FeatureFit.Fit(both, split.Training, 1, new());
        FeatureModel before = new(file), after = new(ModelText.Parse(System.Text.Encoding.UTF8.GetBytes(ModelText.Format(file)), "test"));
        foreach (double[] row in (double[][])[[0.1, -0.4, 2], [3, 3, -3], [double.NaN, 0.2, 0]]) Assert.Equal(before.Estimate(row), after.Estimate(row));
    }

    [Fact]
    public void AnEstimateAllocatesNothing()
    {
        var split = CellSplit.Folds("fold", HealthMadeUp.Set(10, 60, row => 5 + row[0] * row[1]), 5)[0];
        FeatureModel model = new(FeatureFit.Fit(new AverageLearner("both", new RidgeLearner("r", _ => true, _ => true), new KernelLearner("g", _ => true) { MostRows = 50 }), split.Training, 1, new()));
        double[] row = [0.1, -0.4, 2];
        model.Estimate(row);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 100; k++) model.Estimate(row);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
