using AiBms.Battery.Estimation;
using AiBms.Learning.Boards;
using AiBms.Learning.Datasets;
using AiBms.Learning.Evaluation;
using AiBms.Telemetry;

namespace AiBms.Tests.Learning.Boards;

public class SocBoardTests
{
    static readonly DatasetFile s_file = new()
    {
        RelativePath = "drive.csv",
        Cycle = "made up",
        AmbientDegC = 25,
        Group = "25",
        ReferenceAh = 2,
        ReferenceFraction = 0.01,
        Part = SplitPart.Test,
    };

    static FileScores Run(ISocEstimator estimator, params BoardCondition[] conditions) =>
        SocBoard.RunFile(s_file, MadeUp.Drive(), new("made-up", "made up", _ => estimator, SocStart.Unknown, false), MadeUp.Cell, conditions, new(), "");

    [Fact]
    public void WrongStartsAreOffByTheirPointsInBothDirectionsWherePossible()
    {
        List<(double Truth, double Told)> starts = [];
        MadeUp.Estimator estimator = null!;
        estimator = new(sample =>
        {
            if (sample.TimeS == 0) starts.Add((sample.TemperatureDegC / 100, estimator.Told.Soc));
            return default;
        });
        Run(estimator, BoardCondition.WrongStarts[0]);
        Assert.Contains(starts, start => start.Told > start.Truth);
        Assert.Contains(starts, start => start.Told < start.Truth);
        Assert.All(starts, start => Assert.Equal(0.3, Math.Abs(start.Told - start.Truth), 1e-9));
        Assert.All(starts, start => Assert.InRange(start.Told, 0, 1));
        Assert.Equal(0.02, estimator.Told.SocDeviation);
    }

    [Fact]
    public void ACountTowardsAWrongCapacityIsScoredAsSuch()
    {
        // Exact on the label as it is; with 5 % less capacity the label at SOC z moves by (1 − z)·(1/0.95 − 1).
        var scores = Run(MadeUp.OffBy(_ => 0), BoardCondition.Headline, BoardCondition.Capacities[0]);
        Assert.Equal(0, scores.Runs["none"].Max(run => run.WorstSoc), 1e-12);
        double lowest = MadeUp.Drive().Soc[^1];
        Assert.Equal((1 - lowest) * (1 / 0.95 - 1), scores.Runs["capacity-5%"].Max(run => run.WorstSoc), 1e-9);
    }

    [Fact]
    public void TheFileStartIsOneRunFromTheFirstRow()
    {
        var run = Assert.Single(Run(MadeUp.OffBy(_ => 0), BoardCondition.FileStart).Runs["file-start"]);
        Assert.Equal(0, run.Cut.Row);
    }

    [Fact]
    public void NumbersDoNotDependOnThreadsAndACellFittedOnATestIsFoundOut()
    {
        string folder = Directory.CreateTempSubdirectory("aibms-board-").FullName;
        try
        {
            for (int k = 0; k < 3; k++)
            {
                var drive = MadeUp.Drive(4000, seed: k).Recording;
                var rows = Enumerable.Range(0, drive.RowCount).Select(r => FormattableString.Invariant($"{drive.TimeS[r]},{drive.VoltageV[r]},{drive.CurrentA[r]},{drive.TemperatureDegC[r]},{drive.ChargeAh![r]}"));
                Directory.CreateDirectory(Path.Combine(folder, "lg-18650hg2/1hz/25degC"));
                File.WriteAllLines(Path.Combine(folder, $"lg-18650hg2/1hz/25degC/{k}_UDDS.csv"), ["time_s,voltage_v,current_a,temperature_c,capacity_ah", .. rows]);
            }

            // A cell that was identified on a tested recording is found out.
            var fitted = MadeUp.Cell with { Fit = [new("1_UDDS.csv", "fit", 25, 0, 0), new("2_UDDS.csv", "check", 25, 0, 0)] };
            Assert.Equal("1_UDDS.csv", Assert.Single(SocBoard.Run(LgHg2.Describe(folder), fitted, folder, new() { Methods = ["count"], Quick = true }).FittedOn));
            Assert.Throws<DataException>(() => SocBoard.RunUnseen(folder, _ => fitted, new() { Methods = ["count"] }));

            string Page(int threads)
            {
                var result = SocBoard.Run(LgHg2.Describe(folder), MadeUp.Cell, folder, new() { Methods = ["count"], Threads = threads });
                return SocBoardJson.Write([result], new() { Command = "", Date = default, Seed = 1, Quick = false });
            }

            Assert.Equal(Page(1), Page(4));
            Assert.Contains("\"condition\":\"noise\"", Page(1), StringComparison.Ordinal);
            Assert.NotNull(System.Text.Json.Nodes.JsonNode.Parse(Page(1)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
