using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;
using AiBms.Learning.Learners;
using AiBms.Telemetry;

namespace AiBms.Tests.Learning.Health;

/// <summary>A split is by whole cells, and a leaking one is refused.</summary>
public class CellSplitTests
{
    readonly FeatureSet _set = HealthMadeUp.Set(10, 20, row => 5 + row[0]);

    [Fact]
    public void ACellOnBothSidesIsRefused() =>
        Assert.Contains("cell 3", Assert.Throws<DataException>(() => new CellSplit("leak", _set, _set.Cells.Take(5), _set.Cells.Skip(3))).Message, StringComparison.Ordinal);

    [Fact]
    public void ARowOfATestedCellUnderAnotherNameIsRefused()
    {
        // One row of cell 9 is put among the rows of a training cell: a leak that names do not show.
        var thief = _set.Cells[0] with { RowFeatures = [.. _set.Cells[0].RowFeatures, _set.Cells[9].RowFeatures[4]], TargetValues = [.. _set.Cells[0].TargetValues, 1] };
        Assert.Contains("under another name", Assert.Throws<DataException>(() => new CellSplit("leak", _set, [thief], [_set.Cells[9]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFoldTestsEveryCellOnceAndKeepsItFromTraining()
    {
        var splits = CellSplit.Folds("fold", _set, 5);
        MeanOfSeen learner = new();
        List<string> tested = [];
        foreach (var split in splits)
        {
            var scores = split.Score(new(FeatureFit.Fit(learner, split.Training, 1, interval: null)));
            Assert.Empty(scores.Select(score => score.Cell).Intersect(split.TrainedOn));
            tested.AddRange(scores.Select(score => score.Cell));
        }

        Assert.Equal(_set.Cells.Select(cell => cell.Id).Order(StringComparer.Ordinal), tested.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ALearnerThatRemembersRowsGainsNothingOnTestedCells()
    {
        // Memory of every training row is perfect on what it saw; on a target of noise it must not beat the mean elsewhere.
        var noise = HealthMadeUp.Set(10, 20, _ => 1, cellOffset: 1);
        var split = CellSplit.LeaveCellsOut("cell", noise)[0];
        var score = Assert.Single(split.Score(new(FeatureFit.Fit(new Memory(), split.Training, 1, interval: null))));
        Assert.All(score.EstimateValues, value => Assert.Equal(0, value));
    }

    [Fact]
    public void ACellThatIsChosenOnIsNeitherLearntFromNorTested()
    {
        Assert.Throws<DataException>(() => new CellSplit("leak", _set, _set.Cells.Take(5), _set.Cells.Skip(5), choose: _set.Cells.Skip(9)));
        Assert.Throws<DataException>(() => new CellSplit("leak", _set, _set.Cells.Take(5), _set.Cells.Skip(7), choose: _set.Cells.Skip(4).Take(2)));
        var split = new CellSplit("fine", _set, _set.Cells.Take(5), _set.Cells.Skip(7), choose: _set.Cells.Skip(5).Take(2));
        Assert.Equal(["cell 5", "cell 6"], split.ChosenOn);
        Assert.DoesNotContain("cell 5", split.Training.CellIds);
    }

    [Fact]
    public void ScalesComeFromTrainingCellsAlone()
    {
        // A tested cell of monstrous features must leave what was learnt as it is, to the bit: no statistic of a tested cell goes in.
        var calm = new CellSplit("calm", _set, _set.Cells.Take(8), _set.Cells.Skip(8));
        var monsters = _set.Cells.Skip(8).Select(cell => cell with { RowFeatures = [.. cell.RowFeatures.Select(row => row.Select(value => 1e6 * value).ToArray())] });
        var wild = new CellSplit("wild", _set, _set.Cells.Take(8), monsters);
        foreach (ILearner learner in (ILearner[])[new RidgeLearner("r", _ => true, _ => true), new KernelLearner("g", _ => true) { MostRows = 60 }, new ChoosingLearner("c", 3, new MeanLearner(), new RidgeLearner("r", _ => true))])
            Assert.Equal(ModelText.Format(FeatureFit.Fit(learner, calm.Training, 1, new())), ModelText.Format(FeatureFit.Fit(learner, wild.Training, 1, new())));
    }

    sealed class MeanOfSeen : ILearner
    {
        public string Name => "mean";

        public string Settings => "mean";

        public RegressionFile Fit(TrainingRows rows, ulong seed) => new MeanLearner().Fit(rows, seed);
    }

    // A kernel so narrow that it is the stored target on a stored row, and nothing beside it.
    sealed class Memory : ILearner
    {
        public string Name => "memory";

        public string Settings => "memory";

        public RegressionFile Fit(TrainingRows rows, ulong seed)
        {
            int[] columns = [.. Enumerable.Range(0, rows.FeatureNames.Count)];
            return new()
            {
                Kind = "kernel",
                Columns = columns,
                Center = [.. columns.Select(_ => 0.0)],
                Scale = [.. columns.Select(_ => 1.0)],
                Rows = [.. rows.RowFeatures.Select(row => row.Select(value => (float)value).ToArray())],
                Weights = [.. rows.TargetValues],
                Length = 1e-6,
            };
        }
    }
}
