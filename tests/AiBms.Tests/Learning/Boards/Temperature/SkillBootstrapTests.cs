using AiBms.Learning.Boards.Temperature;
using AiBms.Learning.Health;

namespace AiBms.Tests.Learning.Boards.Temperature;

/// <summary>Limits of a skill come from whole recordings, of few from stretches of time; a hit by value alone is told from one by both.</summary>
public class SkillBootstrapTests
{
    [Fact]
    public void RecordingsThatAreAllAlikeHaveNoSpread()
    {
        // Half of what comes is forecast everywhere: skill 0.5 in every redraw, of recordings and of stretches.
        foreach (int count in (int[])[2, 8])
        {
            var (low, high) = SkillBootstrap.Of(Enumerable.Range(0, count).Select(r => Recording(r, 100, _ => 1, truth => 0.5 * truth)));
            Assert.Equal((0.5, 0.5), (Math.Round(low, 12), Math.Round(high, 12)));
        }
    }

    [Fact]
    public void ManyRecordingsAreDrawnWholeAndFewByStretches()
    {
        // Within a recording all rows are alike, between them not: drawn whole they spread, drawn by stretches of one they cannot.
        CellScore[] recordings = [.. Enumerable.Range(0, 8).Select(r => Recording(r, 300, _ => 1, truth => r % 2 == 0 ? truth : 0))];
        double skill = TemperatureScore.Of(recordings).SkillFraction;
        Assert.Equal(1 - Math.Sqrt(0.5), skill, 1e-12);
        var (low, high) = SkillBootstrap.Of(recordings);
        // k of 8 drawn are the bad ones, binomial: 5th and 95th percentile are 6 and 2.
        Assert.Equal((1 - Math.Sqrt(6 / 8.0), 1 - Math.Sqrt(2 / 8.0)), (low, high));
        Assert.Equal((skill, skill), SkillBootstrap.Of(recordings[..4]));
    }

    [Fact]
    public void StillWindowsCountForNothing()
    {
        var (low, high) = SkillBootstrap.Of([Recording(0, 100, _ => 0.1, _ => 0)]);
        Assert.True(double.IsNaN(low) && double.IsNaN(high));
    }

    [Theory]
    [InlineData(0.202, 0.15, "hit by value, not by interval"), InlineData(0.3, 0.25, "hit"), InlineData(0.19, 0.1, "**missed**"), InlineData(double.NaN, double.NaN, "not measured")]
    public void AnAimSaysWhetherItsIntervalReachesItToo(double reached, double low, string word) =>
        Assert.Equal(word, new TemperatureAim("a", 0.2, reached, "") { Limits = (low, 0.5) }.Word);

    [Fact]
    public void TheWorstRecordingIsOneWithEnoughTransientWindows()
    {
        var few = Recording(0, TemperatureScore.FewestOfAFile - 1, _ => 1, _ => 0);
        var bad = Recording(1, TemperatureScore.FewestOfAFile, _ => 1, truth => 0.1 * truth);
        Assert.Same(bad, TemperatureScore.Worst([few, bad, Recording(2, 100, _ => 1, truth => truth)]));
        Assert.Null(TemperatureScore.Worst([few]));
    }

    static CellScore Recording(int number, int rows, Func<int, double> truth, Func<double, double> estimate)
    {
        double[] truths = [.. Enumerable.Range(0, rows).Select(truth)];
        return new($"recording {number}", "25", truths, [.. truths.Select(estimate)], truths, truths, 0);
    }
}
