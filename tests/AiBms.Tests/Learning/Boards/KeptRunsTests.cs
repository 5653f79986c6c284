using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Boards;
using AiBms.Learning.Datasets;
using AiBms.Telemetry;
using AiBms.Tests.House;

namespace AiBms.Tests.Learning.Boards;

/// <summary>A board that was stopped goes on where it was, with the same figures, and takes nothing that was made otherwise.</summary>
public sealed class KeptRunsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-runs-").FullName;
    int _runs;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static readonly DatasetFile s_file = new() { RelativePath = "drive.csv", Cycle = "made up", AmbientDegC = 25, Group = "25", ReferenceAh = 2, ReferenceFraction = 0.01, Part = SplitPart.Test };

    FileScores Run(string made = "", ulong seed = 11)
    {
        File.WriteAllText(Path.Combine(_folder, "drive.csv"), "rows");
        MadeUp.Estimator estimator = new(sample =>
        {
            _runs++;
            double soc = sample.TemperatureDegC / 100 + 0.01 + 1e-4 * (sample.TimeS % 7);
            return new(soc, 0.02, soc - 0.02, soc + 0.02, SocValidity.Valid, double.NaN, double.NaN, double.NaN);
        });
        SocRung rung = new("made-up", "made up", _ => estimator, SocStart.Unknown, false) { Model = _ => made is { Length: > 0 } ? ModelCatalogue.Read(Repo.At("models/soc_mean_lg_hg2.json")) with { Title = made } : null };
        return SocBoard.RunFile(s_file, MadeUp.Drive(), rung, MadeUp.Cell, [BoardCondition.Headline, BoardCondition.WrongStarts[0]], new() { Kept = new(Path.Combine(_folder, "runs")), Seed = seed }, _folder);
    }

    [Fact]
    public void ASecondRunTakesWhatTheFirstKeptToTheBit()
    {
        var first = Run();
        int steps = _runs;
        var second = Run();
        Assert.True(steps > 0);
        Assert.Equal(steps, _runs);
        foreach (var (condition, runs) in first.Runs)
        {
            Assert.Equal(runs.Select(run => run with { Bands = null!, Blocks = null!, Errors = null! }), second.Runs[condition].Select(run => run with { Bands = null!, Blocks = null!, Errors = null! }));
            Assert.Equal(runs.SelectMany(run => run.Errors.Steps.Zip(run.Errors.Rows)), second.Runs[condition].SelectMany(run => run.Errors.Steps.Zip(run.Errors.Rows)));
            Assert.Equal(runs.SelectMany(run => run.Blocks), second.Runs[condition].SelectMany(run => run.Blocks));
            Assert.Equal(runs.SelectMany(run => run.Bands.Sums), second.Runs[condition].SelectMany(run => run.Bands.Sums));
        }
    }

    [Fact]
    public void AnotherModelOrSeedIsRunAnew()
    {
        Run();
        int steps = _runs;
        Run(made: "trained again");
        Assert.Equal(2 * steps, _runs);
        Run(seed: 12);
        Assert.True(_runs > 2 * steps);
    }

    [Fact]
    public void ACutOffFileIsNamed()
    {
        Run();
        string path = Directory.GetFiles(Path.Combine(_folder, "runs")).Single();
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..100]);
        Assert.Contains("delete it", Assert.Throws<DataException>(() => Run()).Message, StringComparison.Ordinal);
    }
}
