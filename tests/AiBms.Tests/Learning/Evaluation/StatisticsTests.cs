using AiBms.Learning.Evaluation;

namespace AiBms.Tests.Learning.Evaluation;

public class StatisticsTests
{
    static CutScore Run(double meanSquareSoc, double convergedAfterS = 0, params BlockSums[] blocks) => new()
    {
        Cut = default,
        LateRows = 1,
        SilentRows = double.IsNaN(meanSquareSoc) ? 1 : 0,
        MeanSquareSoc = meanSquareSoc,
        MeanAbsoluteSoc = Math.Sqrt(meanSquareSoc),
        Percentile99Soc = Math.Sqrt(meanSquareSoc),
        WorstSoc = Math.Sqrt(meanSquareSoc),
        EarlyMeanSquareSoc = double.NaN,
        ConvergedAfterS = convergedAfterS,
        LabelSoc = 0,
        Bands = new(),
        Blocks = blocks,
    };

    [Fact]
    public void RmseIsTheRootOfTheMeanOverCuts()
    {
        // √((0.01² + 0.07²) / 2) = 0.05
        var score = ScoreSummary.Of([Run(1e-4), Run(49e-4)]);
        Assert.Equal(0.05, score.RmseSoc, 1e-15);
        Assert.Equal(0.04, score.MaeSoc, 1e-15);
        Assert.Equal(0.07, score.WorstSoc, 1e-15);
    }

    [Fact]
    public void RunsWithoutAnEstimateAreCountedApartAndNeverConverge()
    {
        var score = ScoreSummary.Of([Run(1e-4, 10), Run(double.NaN, double.PositiveInfinity), Run(double.NaN, double.PositiveInfinity)]);
        Assert.Equal((1, 2), (score.Runs, score.SilentRuns));
        Assert.Equal(0.01, score.RmseSoc, 1e-15);
        Assert.True(double.IsPositiveInfinity(score.ConvergedMedianS));
    }

    [Theory]
    [InlineData(0.2, 0.4, 0.3, 0.2)] // inside: the width
    [InlineData(0.2, 0.4, 0.4, 0.2)] // on the edge: inside
    [InlineData(0.2, 0.4, 0.1, 0.2 + 20 * 0.1)] // below by 0.1: 2/α · 0.1
    [InlineData(0.2, 0.4, 0.45, 0.2 + 20 * 0.05)]
    public void WinklerIsWidthPlusPenalty(double low, double high, double truth, double expected) =>
        Assert.Equal(expected, Winkler.Score(low, high, truth), 1e-12);

    [Fact]
    public void WinklerIsLeastForTheTrueQuantiles()
    {
        // Truth uniform on 0…1: the 5 % and 95 % quantiles must score below any interval moved or resized.
        double Mean(double low, double high) => Enumerable.Range(0, 10_000).Average(k => Winkler.Score(low, high, (k + 0.5) / 10_000));
        double best = Mean(0.05, 0.95);
        foreach (var (low, high) in ((double, double)[])[(0.04, 0.95), (0.06, 0.95), (0.05, 0.94), (0.05, 0.96), (0.02, 0.98)])
            Assert.True(Mean(low, high) > best);
    }

    [Fact]
    public void BootstrapOfIndependentBlocksIsTheBinomialInterval()
    {
        // 400 blocks of one row, 320 covered: p = 0.8, standard error √(0.8·0.2/400) = 0.02; 90 % limits 0.8 ± 1.645·0.02.
        var blocks = Enumerable.Range(0, 400).Select(k => new BlockSums(k, 1, k % 5 == 0 ? 0 : 1, 0.1, 0.2)).ToArray();
        var limits = BlockBootstrap.Of([[Run(1e-4, 0, blocks)]], new(1), draws: 4000);
        // Limits move in steps of 1/400; the draws' own error at the 5 % quantile is about 0.0008.
        Assert.Equal(0.8 - 1.645 * 0.02, limits.CoverageLowFraction, 0.004);
        Assert.Equal(0.8 + 1.645 * 0.02, limits.CoverageHighFraction, 0.004);
        Assert.Equal(0.1, limits.WidthLowSoc, 1e-12);
        Assert.Equal(0.2, limits.WinklerHighSoc, 1e-12);
    }

    [Fact]
    public void CutsOverTheSameStretchAreDrawnAsOne()
    {
        // Ten runs over the same stretch know no more than one: limits must not shrink.
        var blocks = Enumerable.Range(0, 40).Select(k => new BlockSums(k, 1, k % 2, 0.1, 0.1)).ToArray();
        var one = BlockBootstrap.Of([[Run(1e-4, 0, blocks)]], new(3));
        var ten = BlockBootstrap.Of([Enumerable.Range(0, 10).Select(_ => Run(1e-4, 0, blocks))], new(3));
        Assert.Equal(one.CoverageLowFraction, ten.CoverageLowFraction, 1e-12);
        Assert.Equal(one.CoverageHighFraction, ten.CoverageHighFraction, 1e-12);
    }

    [Fact]
    public void ABandThatNoRowReachesHasNoRmse()
    {
        SocBands bands = new();
        bands.Add(1.0, 0.03);
        bands.Add(0.85, 0.04);
        bands.Add(0.5, 0.01);
        Assert.Equal([Math.Sqrt((9e-4 + 16e-4) / 2), null, 0.01, null, null], bands.RmseSoc);
        Assert.Equal("80–100", SocBands.Name(0));
    }
}
