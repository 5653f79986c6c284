using AiBms.Battery.Estimation.Networks;
using AiBms.Cli;
using AiBms.Tests.House;

namespace AiBms.Tests.Cli;

/// <summary><c>train</c> from the command line: a model with its card comes out, or nothing at all.</summary>
public class TrainTests
{
    static string Folder() => Directory.CreateTempSubdirectory("aibms-train-").FullName;

    [Fact]
    public void ARecordingGivesAModelThatInferRuns()
    {
        string folder = Folder();
        try
        {
            string config = Path.Combine(folder, "options.toml");
            File.WriteAllText(config, "# few rows\nrows = 4000\n");
            var (code, _, error) = CliRun.Of("train", "--method", "ridge", "--data_path", Repo.At("data/drive.csv"), "--cell", "sample_nmc", "--config", config, "--option", "penalty=0.001", "--out", folder);
            Assert.Equal("", code == ExitCode.Ok ? "" : error);
            // Echoed at the start, file and command line merged.
            Assert.Contains("penalty = 0.001, rows = 4000, seed = 1", error, StringComparison.Ordinal);
            var file = ModelCatalogue.Read(Path.Combine(folder, "soc_ridge_sample_nmc_own.json"));
            Assert.Equal("4000", file.Training.Options["rows"]);
            Assert.True(File.Exists(Path.Combine(folder, "soc_ridge_sample_nmc_own.md")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("time_s,voltage_v\n0,3.7\n1,3.7\n")] // no current
    [InlineData("not a table at all")]
    [InlineData("time_s,voltage_v,current_a,soc\n0,3.7,-1,0.5\n1,3.7,-1,0.5\n")] // far too short
    public void BadDataIsOneSentenceAndNoModel(string text)
    {
        string folder = Folder(), data = Path.Combine(folder, "bad.csv"), output = Path.Combine(folder, "out");
        try
        {
            File.WriteAllText(data, text);
            var (code, _, error) = CliRun.Of("train", "--method", "ridge", "--data_path", data, "--cell", "sample_nmc", "--out", output);
            Assert.Equal(ExitCode.Data, code);
            Assert.Contains("bad.csv", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(output));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void AnUnknownSettingIsAnsweredWithTheList()
    {
        var (code, _, error) = CliRun.Of("train", "--method", "ridge", "--option", "depth=3");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("penalty, rows", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ExportToOnnxWritesTheModel()
    {
        string folder = Folder();
        try
        {
            var (code, output, _) = CliRun.Of("export", "--target", "onnx", "--model", Repo.At("models/soc_gru_lg_hg2.json"), "--out", folder);
            Assert.Equal(ExitCode.Ok, code);
            Assert.Equal(Path.Combine(folder, "soc_gru_lg_hg2.onnx"), output.Trim());
            Assert.True(new FileInfo(output.Trim()).Length > 10_000);
            Assert.Equal(ExitCode.Usage, CliRun.Of("export", "--target", "onnx", "--out", folder).Code);
            Assert.Equal(ExitCode.Usage, CliRun.Of("export", "--target", "c99", "--out", folder).Code);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void InferSaysWhichProgramRunsOnnx()
    {
        var (code, _, error) = CliRun.Of("infer", "--input_path", Repo.At("data/drive.csv"), "--cell", "sample_nmc", "--onnx", "mine.onnx");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("./aibms infer", error, StringComparison.Ordinal);
    }
}
