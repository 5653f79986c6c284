using AiBms.Battery.Estimation;
using AiBms.Learning.Evaluation;
using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Learning.Evaluation;

public class CutRunTests
{
    static readonly CutOptions s_options = new();
    static readonly Cut s_cut = new(1000, CutKind.Drive);

    static CutScore Score(ISocEstimator estimator, Perturbation? perturbation = null, SocStart? start = null) =>
        CutRun.Run(MadeUp.Drive(), s_cut, estimator, start ?? SocStart.Unknown, new(perturbation ?? Perturbation.None, new(1)), s_options);

    [Fact]
    public void APerfectEstimatorScoresZero()
    {
        var score = Score(MadeUp.OffBy(_ => 0));
        // The truth passes through percent and back: one rounding.
        Assert.Equal(0, score.WorstSoc, 1e-15);
        Assert.Equal(0, score.ConvergedAfterS);
        Assert.Equal(6000 - 1000 - 300, score.LateRows);
        Assert.Equal(0, score.SilentRows);
    }

    [Fact]
    public void AConstantOffsetScoresItself()
    {
        var score = Score(MadeUp.OffBy(_ => -0.02));
        Assert.Equal(0.02, Math.Sqrt(score.MeanSquareSoc), 1e-12);
        Assert.Equal(0.02, score.MeanAbsoluteSoc, 1e-12);
        Assert.Equal(0.02, score.Percentile99Soc, 1e-12);
        Assert.Equal(0.02, score.WorstSoc, 1e-12);
        Assert.Equal(0.02, Math.Sqrt(score.EarlyMeanSquareSoc), 1e-12);
    }

    [Fact]
    public void TheFirstFiveMinutesAreScoredApart()
    {
        var score = Score(MadeUp.OffBy(timeS => timeS < 300 ? 0.2 : 0.01));
        Assert.Equal(0.2, Math.Sqrt(score.EarlyMeanSquareSoc), 1e-12);
        Assert.Equal(0.01, score.WorstSoc, 1e-12);
    }

    [Theory]
    [InlineData(100, 100)] // wrong on rows 0…99, so right from 100 s on
    [InlineData(1234, 1234)]
    [InlineData(0, 0)]
    public void ConvergedIsTheFirstRowAfterTheLastWrongOne(double wrongUntilS, double expectedS) =>
        Assert.Equal(expectedS, Score(MadeUp.OffBy(timeS => timeS < wrongUntilS ? 0.2 : 0)).ConvergedAfterS);

    [Fact]
    public void WrongAtTheEndIsNeverConverged() =>
        Assert.True(double.IsPositiveInfinity(Score(MadeUp.OffBy(timeS => timeS > 4990 ? 0.031 : 0)).ConvergedAfterS));

    [Fact]
    public void ABandOfKnownWidthHasItsExactCoverage()
    {
        // Off by 0.04 in every tenth late row, else exact; the band reaches 0.03: 90 % are covered. 4700 late rows start at 300 s, a multiple of ten.
        var score = Score(MadeUp.OffBy(timeS => timeS % 10 == 5 ? 0.04 : 0, halfWidthSoc: 0.03));
        var sums = score.Blocks.Aggregate((a, b) => a + b);
        Assert.Equal(4700, sums.Rows);
        Assert.Equal(4230, sums.Covered);
        Assert.Equal(4700 * 0.06, sums.WidthSoc, 1e-9);
        // A miss by 0.01 costs 2/0.1 · 0.01 = 0.2 on top of the width.
        Assert.Equal(4700 * 0.06 + 470 * 0.2, sums.WinklerSoc, 1e-9);
    }

    [Fact]
    public void NothingBeforeTheCutIsSeenAndTimeStartsAgain()
    {
        var labelled = MadeUp.Drive();
        var estimator = MadeUp.OffBy(_ => 0);
        Score(estimator);
        Assert.Equal(5000, estimator.Seen.Count);
        Assert.Equal(0, estimator.Seen[0].TimeS);
        Assert.Equal(labelled.Recording.TemperatureDegC[1000..], estimator.Seen.Select(sample => sample.TemperatureDegC));
        Assert.True(estimator.Told.IsUnknown);
    }

    [Fact]
    public void SensorFaultsReachTheEstimatorAndNeverTheLabel()
    {
        var labelled = MadeUp.Drive();
        foreach (var fault in (Perturbation[])[.. Perturbation.SixFaults, Perturbation.Parse("I+0.30"), Perturbation.Parse("noise"), Perturbation.Parse("stuck-current"), Perturbation.Parse("stuck-voltage")])
        {
            // The estimator reads the truth from the temperature, which these faults leave alone: the score stays zero.
            var estimator = MadeUp.OffBy(_ => 0);
            Assert.Equal(0, Score(estimator, fault).WorstSoc, 1e-15);
            bool changed = estimator.Seen.Zip(labelled.Recording.CurrentA.Skip(1000)).Any(pair => pair.First.CurrentA != pair.Second)
                || estimator.Seen.Zip(labelled.Recording.VoltageV.Skip(1000)).Any(pair => pair.First.VoltageV != pair.Second);
            Assert.True(changed, fault.Name);
        }

        Assert.Equal(MadeUp.Drive().Soc, labelled.Soc);
    }

    [Fact]
    public void RowsWithoutAnEstimateAreCountedAndNeverConverge()
    {
        MadeUp.Estimator mute = new(_ => new(double.NaN, double.NaN, double.NaN, double.NaN, SocValidity.Unknown, double.NaN, double.NaN, double.NaN));
        var score = Score(mute);
        Assert.Equal(4700, score.SilentRows);
        Assert.True(double.IsNaN(score.MeanSquareSoc));
        Assert.True(double.IsPositiveInfinity(score.ConvergedAfterS));
    }

    [Fact]
    public void LabelUncertaintyIsTheCapacitysShareOfWhatWasDischarged()
    {
        var labelled = MadeUp.Drive();
        var score = Score(MadeUp.OffBy(_ => 0));
        Assert.Equal(0.01 * labelled.Soc.Skip(1300).Average(soc => 1 - soc), score.LabelSoc, 1e-12);
    }

    [Fact]
    public void RowsThatCannotBeUsedArriveWithoutValues()
    {
        var labelled = MadeUp.Drive();
        labelled.Recording.Flags[1200] = RowFlags.ImpossibleValue;
        var estimator = MadeUp.OffBy(_ => 0);
        CutRun.Run(labelled, s_cut, estimator, SocStart.Unknown, new(Perturbation.None, new(1)), s_options);
        Assert.True(double.IsNaN(estimator.Seen[200].VoltageV) && double.IsNaN(estimator.Seen[200].CurrentA));
        Assert.False(double.IsNaN(estimator.Seen[199].VoltageV) || double.IsNaN(estimator.Seen[201].CurrentA));
    }
}
