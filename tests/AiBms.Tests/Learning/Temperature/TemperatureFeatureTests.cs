using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Health;
using AiBms.Learning.Temperature;
using AiBms.Telemetry.Readings;
using AiBms.Tests.Battery.Estimation;
using AiBms.Tests.Learning.Health;

namespace AiBms.Tests.Learning.Temperature;

/// <summary>Forecasts of temperature see nothing of the future but a load that is told, and know when they have nothing to say.</summary>
public class TemperatureFeatureTests
{
    // Where what comes after is changed, and how many rows of features lie before.
    const int CutAtRow = 900;

    static readonly int s_rows = (CutAtRow - (int)TemperatureSet.SettleS) / (int)TemperatureSet.EveryS;

    static readonly CellType s_cell = SyntheticDrive.Cell with { Thermal = new(50, 30, 1, 4) };

    [Fact]
    public void WithTheLoadUnknownNothingAfterARowChangesIt()
    {
        var (whole, cut) = (Drive(), Drive());
        for (int k = CutAtRow; k < cut.RowCount; k++) (cut.CurrentA[k], cut.VoltageV[k], cut.TemperatureDegC[k]) = (-cut.CurrentA[k], 3, 60);
        Same(whole, cut, new(60, false));
    }

    [Fact]
    public void WithTheLoadToldOnlyTheCurrentToComeIsSeen()
    {
        var (whole, cut) = (Drive(), Drive());
        for (int k = CutAtRow; k < cut.RowCount; k++) (cut.VoltageV[k], cut.TemperatureDegC[k]) = (3, 60);
        Same(whole, cut, new(60, true));
    }

    [Fact]
    public void ATemperatureToComeAmongTheFeaturesIsCaught()
    {
        var (whole, cut) = (Drive(), Drive());
        for (int k = CutAtRow; k < cut.RowCount; k++) cut.TemperatureDegC[k] = 60;
        // The features as they are, with the case temperature 60 s later as one more.
        static IReadOnlyList<double[]> Leaking(Recording recording)
        {
            var cell = Rows(recording, new(60, false));
            return [.. cell.RowFeatures.Select((row, k) => (double[])[.. row, recording.TemperatureDegC[(int)(TemperatureSet.SettleS + k * TemperatureSet.EveryS) + 60]])];
        }

        // The first row within 60 s of the change, and none before it.
        int? caught = TruncatedHistory.FirstDifference(Leaking(whole), Leaking(cut), s_rows);
        Assert.Equal((CutAtRow - 60 - (int)TemperatureSet.SettleS) / (int)TemperatureSet.EveryS, caught);
        Assert.Null(TruncatedHistory.FirstDifference(Rows(whole, new(60, false)).RowFeatures, Rows(cut, new(60, false)).RowFeatures, s_rows));
    }

    [Fact]
    public void TheTargetIsTheChangeUntilTheHorizon()
    {
        var recording = Drive();
        var rows = TemperatureSet.Rows(recording, s_cell, "a", "25");
        var cell = rows[new(300, true)];
        // The first row is the first sample at or after 300 s.
        Assert.Equal(recording.TemperatureDegC[600] - recording.TemperatureDegC[300], cell.TargetValues[0], 1e-12);
        Assert.Equal(cell.TargetValues, rows[new(300, false)].TargetValues);
        Assert.Equal(TemperatureFeatures.Names.Count, cell.RowFeatures[0].Length);
    }

    [Fact]
    public void PhysicsWithTheLoadToldIsTheFiltersOwnWalk()
    {
        var recording = Drive();
        TemperatureFeatures features = new(s_cell);
        AiBms.Battery.Estimation.Packs.CellTemperature physics = new(s_cell);
        for (int k = 0; k <= 500; k++)
        {
            var sample = AiBms.Learning.Datasets.RecordingRows.Sample(recording, k);
            features.Step(sample);
            physics.Step(sample);
        }

        double[][] rows = [.. TemperatureFeatures.HorizonS.Select(_ => new double[TemperatureFeatures.Names.Count])];
        features.Fill(recording.CurrentA.AsSpan(501, 300), 1, rows);
        Assert.Equal(physics.Ahead(recording.CurrentA.AsSpan(501, 300), 1).CaseDegC - recording.TemperatureDegC[500], rows[2][0], 1e-9);
        // Told for 300 s: 600 s ahead is not known.
        Assert.All(rows[3], value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void MeasuredSurroundingsToComeAreNotSeen()
    {
        double[] still = [.. Enumerable.Repeat(25.0, 1800)], moved = [.. still];
        for (int k = CutAtRow; k < moved.Length; k++) moved[k] = 40;
        var (whole, cut) = (Drive(still), Drive(moved));
        for (int k = CutAtRow; k < cut.RowCount; k++) cut.TemperatureDegC[k] = 60;
        Same(whole, cut, new(60, true));
        Same(whole, cut, new(60, false));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void AChamberThatRisesIsFollowedWhereItIsMeasured(bool isLoadKnown)
    {
        // 12 K an hour with no load: after long enough the case rises as fast, behind by a time of its own, whatever the cell.
        const double RateKPerS = 12.0 / 3600;
        const int Rows = 7200;
        var truth = new AiBms.Battery.Thermal.CoreCaseModel(s_cell.Thermal!);
        double core = 0, shell = 0;
        double[] ambient = [.. Enumerable.Range(0, Rows).Select(k => RateKPerS * k)], measured = new double[Rows];
        for (int k = 0; k < Rows; k++)
        {
            measured[k] = shell;
            truth.Step(ref core, ref shell, 0, ambient[k], 1);
        }

        double restV = s_cell.Circuit!.OcvV[^1];
        Recording Made(double[]? around) => new()
        {
            Name = "rising",
            TimeS = [.. Enumerable.Range(0, Rows).Select(k => (double)k)],
            CurrentA = new double[Rows],
            VoltageV = [.. Enumerable.Repeat(restV, Rows)],
            TemperatureDegC = measured,
            AmbientDegC = around,
            Flags = new RowFlags[Rows],
        };
        double ErrorK(double[]? around)
        {
            var cell = TemperatureSet.Rows(Made(around), s_cell, "a", "25")[new(600, isLoadKnown)];
            return Math.Abs(cell.RowFeatures[^1][0] - cell.TargetValues[^1]);
        }

        // The trend is complete to e^(−6600/600); two kelvin are what comes in 600 s.
        Assert.Equal(2, TemperatureSet.Rows(Made(ambient), s_cell, "a", "25")[new(600, isLoadKnown)].TargetValues[^1], 0.01);
        Assert.InRange(ErrorK(ambient), 0, 0.15);
        Assert.InRange(ErrorK(null), 0.3, 2);
        // A chamber that was not connected is exported as zeros: nothing is known of it.
        Assert.Equal(ErrorK(null), ErrorK(new double[Rows]));
    }

    static void Same(Recording whole, Recording other, TemperatureTask task)
    {
        var (a, b) = (Rows(whole, task), Rows(other, task));
        Assert.Null(TruncatedHistory.FirstDifference(a.RowFeatures, b.RowFeatures, s_rows));
        Assert.NotEqual(a.TargetValues[..s_rows], b.TargetValues[..s_rows]);
    }

    static FeatureCell Rows(Recording recording, TemperatureTask task) => TemperatureSet.Rows(recording, s_cell, "a", "25")[task];

    static Recording Drive(double[]? ambientDegC = null)
    {
        var (samples, _) = SyntheticDrive.Make(0.8, 1800);
        return new()
        {
            Name = "made up",
            TimeS = [.. samples.Select(sample => sample.TimeS)],
            CurrentA = [.. samples.Select(sample => sample.CurrentA)],
            VoltageV = [.. samples.Select(sample => sample.VoltageV)],
            TemperatureDegC = [.. samples.Select((_, k) => 25 + 3 * (1 - Math.Exp(-k / 600.0)) + 0.2 * Math.Sin(k / 40.0))],
            AmbientDegC = ambientDegC,
            Flags = new RowFlags[samples.Length],
        };
    }
}
