using AiBms.Learning.Health;
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
            var scores = split.Score(HealthModel.Fit(learner, split.Training, 1, withInterval: false));
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
        var score = Assert.Single(split.Score(HealthModel.Fit(new Memory(), split.Training, 1, withInterval: false)));
        Assert.All(score.EstimateValues, value => Assert.Equal(0, value));
    }

    sealed class MeanOfSeen : AiBms.Learning.Learners.ILearner
    {
        public string Name => "mean";

        public AiBms.Learning.Learners.IPredictor Fit(TrainingRows rows, ulong seed) => new AiBms.Learning.Learners.MeanLearner().Fit(rows, seed);
    }

    sealed class Memory : AiBms.Learning.Learners.ILearner
    {
        public string Name => "memory";

        public AiBms.Learning.Learners.IPredictor Fit(TrainingRows rows, ulong seed) => new Looked(rows);

        sealed class Looked(TrainingRows rows) : AiBms.Learning.Learners.IPredictor
        {
            public double Predict(ReadOnlySpan<double> rowFeatures)
            {
                for (int k = 0; k < rows.RowFeatures.Count; k++)
                    if (rowFeatures.SequenceEqual(rows.RowFeatures[k])) return rows.TargetValues[k];
                return 0;
            }
        }
    }
}
