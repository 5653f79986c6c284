using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Datasets;
using AiBms.Learning.Training;
using AiBms.Telemetry;
using AiBms.Tests.Battery.Estimation;

namespace AiBms.Tests.Learning.Training;

/// <summary>What must not be learnt from: the future, a unit in two parts, the same rows under two names.</summary>
public class LeakGuardTests
{
    const int CutAt = 500;

    [Fact]
    public void EveryFeatureIsTheSameOnATruncatedHistory() =>
        Assert.Null(FirstDifference(_ =>
        {
            EkfEstimator<double> filter = new(SyntheticDrive.Cell);
            SocFeatures features = new(SyntheticDrive.Cell, SocFeatures.Names, filter);
            return sample =>
            {
                filter.Step(sample);
                features.Step(sample);
                return features.Values.ToArray();
            };
        }));

    [Fact]
    public void AFeatureThatKnowsTheWholeRecordingIsCaught() =>
        Assert.NotNull(FirstDifference(history =>
        {
            // Scaling a recording by its own statistics is the usual leak.
            double meanV = history.Average(sample => sample.VoltageV);
            return sample => [sample.VoltageV - meanV];
        }));

    [Fact]
    public void AUnitInTwoPartsIsRefused()
    {
        var rows = Enumerable.Range(0, 10).Select(row => (Cycle: $"cycle {row / 5}", Row: row));
        var problem = Assert.Throws<DataException>(() => TrainingSplits.Of("by row", rows, row => row.Cycle, row => row.Row % 2 == 0 ? SplitPart.Train : SplitPart.Test));
        Assert.Contains("cycle 0", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASplitGivesTestUnitsByNameOnly()
    {
        var split = TrainingSplits.Of("by cycle", ["a", "b", "c", "d"], unit => unit, unit => unit switch { "a" => SplitPart.Train, "b" => SplitPart.Choose, "c" => SplitPart.Test, _ => SplitPart.Unused });
        Assert.Equal(["a"], split.Train.Select(unit => unit.Item));
        Assert.Equal(["b"], split.Choose.Select(unit => unit.Item));
        Assert.Equal(["c"], split.TestNames);
    }

    [Fact]
    public void TheSameRowsInTwoPartsAreRefused()
    {
        SocTrainingItem Item(string name, SplitPart part, int seed) => new(
            new() { RelativePath = name, Cycle = name, AmbientDegC = 25, Group = "25", ReferenceAh = 2, ReferenceFraction = 0, Part = part }, MadeUp.Drive(rows: 600, seed: seed), MadeUp.Cell);
        SocTrainingData.RefuseSharedRows([Item("train.csv", SplitPart.Train, 1), Item("test.csv", SplitPart.Test, 2)]);
        var problem = Assert.Throws<DataException>(() => SocTrainingData.RefuseSharedRows([Item("train.csv", SplitPart.Train, 1), Item("copy.csv", SplitPart.Test, 1)]));
        Assert.Contains("copy.csv", problem.Message, StringComparison.Ordinal);
    }

    static int? FirstDifference(Func<CellSample[], Func<CellSample, double[]>> make)
    {
        var (samples, _) = SyntheticDrive.Make(0.8, 800);
        double[][] whole = [.. samples.Select(make(samples))], cut = [.. samples[..CutAt].Select(make(samples[..CutAt]))];
        for (int k = 0; k < CutAt; k++)
            if (!whole[k].AsSpan().SequenceEqual(cut[k])) return k;
        return null;
    }
}
