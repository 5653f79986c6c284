using AiBms.Learning.Boards;
using AiBms.Learning.Datasets;

namespace AiBms.Tests.Learning.Boards;

public class SocBoardPageTests
{
    static readonly BoardStamp s_stamp = new() { Command = "./aibms board soc", Date = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Seed = 1, Quick = false };

    /// <summary>LG at 25 °C, one method off by a constant, with a band of a constant half width.</summary>
    static SetResult Result(double errorSoc, double halfWidthSoc) => Result(_ => errorSoc, halfWidthSoc, [BoardCondition.Headline, .. BoardCondition.SixFaults]);

    // Error by the true SOC.
    static SetResult Result(string set, string group, Func<double, double> errorSoc, double halfWidthSoc)
    {
        MadeUp.Estimator estimator = new(sample =>
        {
            double truth = sample.TemperatureDegC / 100, soc = truth + errorSoc(truth);
            return new(soc, halfWidthSoc, soc - halfWidthSoc, soc + halfWidthSoc, AiBms.Battery.Estimation.SocValidity.Valid, double.NaN, double.NaN, double.NaN);
        });
        return Result(set, group, estimator, [BoardCondition.Headline]);
    }

    static SetResult Result(Func<double, double> errorSoc, double halfWidthSoc, BoardCondition[] conditions) => Result(LgHg2.Id, "25", MadeUp.OffBy(errorSoc, halfWidthSoc), conditions);

    static SetResult Result(string id, string group, MadeUp.Estimator estimator, BoardCondition[] conditions)
    {
        DatasetFile file = new() { RelativePath = "a/drive.csv", Cycle = "UDDS", AmbientDegC = 25, Group = group, ReferenceAh = 2, ReferenceFraction = 0.012, Part = SplitPart.Test };
        SocRung rung = new("made-up", "made up", _ => estimator, AiBms.Battery.Estimation.SocStart.Unknown, false);
        var scores = SocBoard.RunFile(file, MadeUp.Drive(), rung, MadeUp.Cell, conditions, new(), "");
        Dataset set = new() { Id = id, CellId = id, Title = "made up", Source = "nowhere", LabelNote = "Exact.", Files = [file], Label = (_, _) => MadeUp.Drive() };
        return new() { Dataset = set, Files = [scores], DataHash = "0" };
    }

    [Theory]
    [InlineData(0.007, true)]
    [InlineData(0.009, false)]
    public void AnAimIsHitOrMissedByItsFigure(double errorSoc, bool hit)
    {
        var verdicts = Verdict.Of(Result(errorSoc, 0.05), "made-up", seed: 1);
        var rmse = Assert.Single(verdicts, verdict => verdict.Aim.Figure == Aim.Rmse);
        Assert.Equal(errorSoc, rmse.MeasuredFraction, 1e-12);
        Assert.Equal(hit, rmse.Hit);
        // Full coverage is a miss as well: the band is wider than it says.
        var coverage = Assert.Single(verdicts, verdict => verdict.Aim.Figure == Aim.Coverage);
        Assert.Equal(1, coverage.MeasuredFraction);
        Assert.False(coverage.Hit);
    }

    [Theory]
    [InlineData(299, 1, 1), InlineData(301, 0, 1), InlineData(899, 0, 1), InlineData(901, 0, 0)]
    public void AWrongStartHasFiveMinutesForThirtyPointsAndFifteenForSeventy(double foundAfterS, double foundShare, double farShare)
    {
        // Samples of a cut keep the recording's clock; the estimator counts from the first it is shown.
        double startS = double.NaN, lastS = double.PositiveInfinity;
        double Error(double timeS)
        {
            if (!(timeS >= lastS) || double.IsNaN(startS)) startS = timeS;
            lastS = timeS;
            return timeS - startS < foundAfterS ? 0.1 : 0;
        }

        var verdicts = Verdict.Of(Result(Error, 0.05, [BoardCondition.Headline, .. BoardCondition.WrongStarts]), "made-up", seed: 1);
        Assert.Equal(foundShare, Assert.Single(verdicts, verdict => verdict.Aim.Figure == Aim.Found).MeasuredFraction);
        Assert.Equal(farShare, Assert.Single(verdicts, verdict => verdict.Aim.Figure == Aim.FoundFar).MeasuredFraction);
    }

    [Theory]
    [InlineData(0.93, 0.91, 0.95, false), InlineData(0.93, 0.89, 0.97, true), InlineData(0.87, 0.85, 0.89, false), InlineData(0.90, 0.90, 0.90, true), InlineData(0.96, 0.89, 0.99, false), InlineData(0.84, 0.70, 0.95, false)]
    public void ACoverageIsHitByItsValueAndByAnIntervalThatHoldsNinety(double value, double low, double high, bool hit) =>
        Assert.Equal(hit, new Verdict(Aim.All.First(aim => aim.Figure == Aim.Coverage), "made-up", value) { Limits = (low, high) }.Hit);

    [Fact]
    public void TheVerdictOfACoverageBringsTheIntervalOfTheTableOfIntervals()
    {
        var result = Result(0.01, 0.05);
        var coverage = Assert.Single(Verdict.Of(result, "made-up", seed: 1), verdict => verdict.Aim.Figure == Aim.Coverage);
        // Every row is covered in every redraw.
        Assert.Equal((1.0, 1.0), coverage.Limits);
        Assert.Contains("| lg_hg2 25 coverage | 85–95 %, its interval holds 90 | 100.0 % [100.0, 100.0] | **missed** |", SocBoardPage.Write([result], s_stamp, new Dictionary<string, string>()), StringComparison.Ordinal);
    }

    [Fact]
    public void AHitThatIsTheFiltersIsCalledSo()
    {
        Verdict verdict = new(Aim.All.First(aim => aim.Figure == Aim.UnseenRatio), "gru-measures", 0.48);
        Assert.Equal("hit", (verdict with { OutsideFraction = 0.2 }).Word);
        Assert.Equal("hit by the filter", (verdict with { OutsideFraction = 1 }).Word);
        Assert.Equal("**missed**", (verdict with { OutsideFraction = 1, MeasuredFraction = 2 }).Word);
    }

    [Fact]
    public void WhatWasNotMeasuredIsNotHit() => Assert.False(new Verdict(Aim.All[0], "made-up", double.NaN).Hit);

    [Fact]
    public void AMissIsPrintedWithItsReason()
    {
        Dictionary<string, string> notes = new() { ["lg_hg2 25 RMSE"] = "The method is off by a constant." };
        string page = SocBoardPage.Write([Result(0.019, 0.05)], s_stamp, notes);
        Assert.Contains("| lg_hg2 25 RMSE | ≤ 0.80 | 1.90 | **missed** | The method is off by a constant. |", page, StringComparison.Ordinal);
        Assert.Contains("| lg_hg2 25 six faults, worst RMSE | ≤ 2.00 | 1.90 | hit |  |", page, StringComparison.Ordinal);
        Assert.Contains("| 25 | made-up | 20 | 1.90 | 1.90 | 1.90 | 1.90 | 1.90 | 1.90 | 0 s | 0 s | – |", page, StringComparison.Ordinal);
        Assert.Contains("`./aibms board soc` on 2026-01-02, seed 1", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-30, 0.04), InlineData(-20, 0.04), InlineData(-15, 0.0325), InlineData(-5, 0.02), InlineData(5, 0.015), InlineData(17.5, 0.0115), InlineData(33, 0.008), InlineData(60, 0.008)]
    public void TheAimOfATemperatureLiesBetweenThoseOfTheAmbientsBesideIt(double temperatureDegC, double aimSoc) => Assert.Equal(aimSoc, Aim.RmseAt(temperatureDegC), 1e-12);

    [Fact]
    public void ARisingChamberIsHeldToTheAimsOfTheTemperaturesItWentThrough()
    {
        // The made-up drive warms with its charge; the error is twice the aim wherever it is.
        var verdicts = Verdict.Of(Result("panasonic", "Trise", sample => 2 * Aim.RmseAt(100 * sample), 0.05), "made-up", seed: 1);
        Assert.Equal(2, Assert.Single(verdicts, verdict => verdict.Aim.Figure == Aim.RmseByTemperature).MeasuredFraction, 1e-9);
        Assert.False(Assert.Single(verdicts, verdict => verdict.Aim.Figure == Aim.Coverage && verdict.Aim.Group == "Trise").Hit);
    }

    [Fact]
    public void WhichFiguresAreNotBlindStandsAboveTheTables() => Assert.Contains("\n\nNot blind: Seen before.\n\n## ",
        SocBoardPage.Write([Result(0.01, 0.05)], s_stamp, new Dictionary<string, string> { [BoardNotes.NotBlind] = "Seen before." }), StringComparison.Ordinal);

    [Fact]
    public void ALevelThatIsNeverReachedSaysSo() => Assert.Contains("| 25 | made-up | 1.00 | 1.00 | 1.00 | 1.00 | not reached |",
        SocBoardPage.Write([Result(0.01, 0.05)], s_stamp, new Dictionary<string, string>()), StringComparison.Ordinal);

    [Fact]
    public void NotesAreLinesWithAKey()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "# Why\n\n- `lg_hg2 -10 RMSE`: Cold.\nother text\n");
            var note = Assert.Single(BoardNotes.Read(path));
            Assert.Equal(("lg_hg2 -10 RMSE", "Cold."), (note.Key, note.Value));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Empty(BoardNotes.Read(path));
    }
}
