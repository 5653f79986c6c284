using AiBms.Learning.Evaluation;

namespace AiBms.Tests.Learning.Evaluation;

/// <summary>A percentile over the errors of many runs is that of all their rows together.</summary>
public class ErrorCountsTests
{
    [Theory]
    [InlineData(0.5), InlineData(0.99), InlineData(1)]
    public void TheRankOfAllRowsTogether(double share)
    {
        Random random = new(4);
        double[][] runs = [.. Enumerable.Range(1, 7).Select(k => Enumerable.Range(0, 300 * k).Select(_ => 0.02 * k * random.NextDouble()).Order().ToArray())];
        double[] all = [.. runs.SelectMany(run => run).Order()];
        Assert.Equal(all[(int)(share * (all.Length - 1))], ErrorCounts.At(runs.Select(ErrorCounts.Of), share), 0.5 * ErrorCounts.StepSoc + 1e-12);
    }

    [Fact]
    public void OneBadRunAmongHundredIsNotDilutedByTheOthers()
    {
        // 1.2 % of all rows are off by 0.3: the mean of the runs' own percentiles is 0.0036, that of the rows is 0.3.
        ErrorCounts[] runs = [.. Enumerable.Range(0, 100).Select(k => ErrorCounts.Of([.. Enumerable.Repeat(k == 0 ? 0.3 : 0.0, k == 0 ? 1200 : 1000)]))];
        Assert.Equal(0.3, ErrorCounts.At(runs, 0.99), 1e-12);
    }

    [Fact]
    public void NothingCountedGivesNothing() => Assert.True(double.IsNaN(ErrorCounts.At([ErrorCounts.Empty], 0.99)));
}
