using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;
using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Learning.Evaluation;

public class CutPlacesTests
{
    [Fact]
    public void PlacesAreEligibleDistinctAndInOrder()
    {
        var labelled = MadeUp.Drive();
        CutOptions options = new() { DriveCuts = 25 };
        var cuts = CutPlaces.Find(labelled, options, seed: 7);
        Assert.Equal(25, cuts.Count);
        int[] rows = [.. cuts.Select(cut => cut.Row)];
        Assert.Equal(rows.Order().Distinct(), rows);
        Assert.All(rows, row =>
        {
            Assert.InRange(labelled.Soc[row], 0.20, 0.95);
            Assert.True(Math.Abs(labelled.Recording.CurrentA[row]) > 0.2); // C/10 of 2 Ah
            Assert.True(labelled.Recording.TimeS[^1] - labelled.Recording.TimeS[row] > 1800);
        });
    }

    [Fact]
    public void EligibleRowsAreThoseOfTheIndependentScorer()
    {
        // [k for k, x in enumerate(d) if .2 < x[4] < .95 and abs(x[2]) > Q / 10 and d[-1][0] - x[0] > 1800]
        var labelled = MadeUp.Drive();
        var expected = Enumerable.Range(0, 6000).Where(k =>
            labelled.Soc[k] > .2 && labelled.Soc[k] < .95 && Math.Abs(labelled.Recording.CurrentA[k]) > 2.0 / 10
            && labelled.Recording.TimeS[^1] - labelled.Recording.TimeS[k] > 1800);
        Assert.Equal(expected, CutPlaces.Eligible(labelled, new()));
    }

    [Fact]
    public void TheSameSeedGivesTheSamePlacesAndAnotherSeedOthers()
    {
        var labelled = MadeUp.Drive();
        Assert.Equal(CutPlaces.Find(labelled, new(), 7), CutPlaces.Find(labelled, new(), 7));
        Assert.NotEqual(CutPlaces.Find(labelled, new(), 7), CutPlaces.Find(labelled, new(), 8));
    }

    [Fact]
    public void AllEligibleRowsAreUsedWhereThereAreFewer()
    {
        var labelled = MadeUp.Drive();
        int eligible = CutPlaces.Eligible(labelled, new()).Count;
        Assert.Equal(eligible, CutPlaces.Find(labelled, new() { DriveCuts = eligible + 100 }, 7).Count);
    }

    [Fact]
    public void ARestOfTenMinutesGivesAPlaceAtItsLastRow()
    {
        var drive = MadeUp.Drive();
        double[] currentA = [.. drive.Recording.CurrentA];
        Array.Clear(currentA, 1500, 601); // rows 1500…2100: exactly 600 s
        Array.Clear(currentA, 2500, 600); // 599 s: too short
        Recording recording = new()
        {
            Name = "rests.csv",
            TimeS = drive.Recording.TimeS,
            CurrentA = currentA,
            VoltageV = drive.Recording.VoltageV,
            TemperatureDegC = drive.Recording.TemperatureDegC,
            Flags = drive.Recording.Flags,
        };
        LabelledRecording labelled = new() { Recording = recording, Soc = drive.Soc, ReferenceAh = 2 };
        var rests = CutPlaces.Find(labelled, new(), 7).Where(cut => cut.Kind == CutKind.AfterRest);
        Assert.Equal([2100], rests.Select(cut => cut.Row));
    }
}
