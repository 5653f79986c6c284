using System.Globalization;
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
            // All of them, defaults too: a default may change.
            Assert.Equal("./aibms train --model soc --method ridge --set own --data_path drive.csv --cell sample_nmc --option penalty=0.001 rows=4000 --seed 1", file.Training.Command);
            Assert.Contains("`penalty` 0.001, `rows` 4000", File.ReadAllText(Path.Combine(folder, "soc_ridge_sample_nmc_own.md")), StringComparison.Ordinal);
            Assert.Contains("soc_ridge_sample_nmc_own,", File.ReadAllText(Path.Combine(folder, "times.csv")), StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(folder, "soc_ridge_sample_nmc_own.md")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("all.toml", "model = \"soc\"\nmethod = 'ridge' # a rung\nset = \"own\"\ncell = \"sample_nmc\"\nseed = 7\n\n[options]\nrows = 4_000\npenalty = 1e-3\n")]
    [InlineData("all.json", """{ "model": "soc", "method": "ridge", "set": "own", "cell": "sample_nmc", "seed": 7, "options": { "rows": 4000, "penalty": 0.001 } }""")]
    public void AFileSaysWhatTheCommandLineCanSay(string name, string text)
    {
        string folder = Folder();
        try
        {
            string config = Path.Combine(folder, name);
            File.WriteAllText(config, text);
            var (code, _, error) = CliRun.Of("train", "--config", config, "--data_path", Repo.At("data/drive.csv"), "--out", folder);
            Assert.Equal("", code == ExitCode.Ok ? "" : error);
            var file = ModelCatalogue.Read(Path.Combine(folder, "soc_ridge_sample_nmc_own.json"));
            Assert.Equal((7, "4000", "0.001"), (file.Training.Seed, file.Training.Options["rows"], file.Training.Options["penalty"]));
            Assert.Contains("--set own --data_path drive.csv --cell sample_nmc", file.Training.Command, StringComparison.Ordinal);

            // The command line comes before the file.
            Assert.Contains("seed = 3", CliRun.Of("train", "--config", config, "--seed", "3", "--data_path", Repo.At("data/drive.csv"), "--out", folder).Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("rows = ", ExitCode.Data, "is not TOML")]
    [InlineData("[ridge]\nrows = 5000\n", ExitCode.Data, "one table alone is known, 'options'")]
    [InlineData("rows = [1, 2]\n", ExitCode.Data, "'rows' is neither a number nor a text")]
    [InlineData("depth = 3\n", ExitCode.Usage, "'depth' is no setting")]
    [InlineData("method = \"rigde\"\n", ExitCode.Usage, "'rigde' is no method")]
    public void AFileThatCannotBeUsedIsOneSentence(string text, int expected, string sentence)
    {
        string folder = Folder();
        try
        {
            string config = Path.Combine(folder, "bad.toml");
            File.WriteAllText(config, text);
            string[] method = text.Contains("method", StringComparison.Ordinal) ? [] : ["--method", "ridge"];
            var (code, _, error) = CliRun.Of(["train", "--config", config, "--data_path", Repo.At("data/drive.csv"), "--cell", "sample_nmc", "--out", Path.Combine(folder, "out"), .. method]);
            Assert.Equal(expected, code);
            Assert.Contains(sentence, error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Path.Combine(folder, "out")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("--checkpoint", "--method", "ridge", "--checkpoint", "c")]
    [InlineData("--plot", "--method", "ridge", "--plot", "loss.png")]
    [InlineData("--checkpoint", "--model", "soh", "--checkpoint", "c")]
    [InlineData("--plot", "--model", "temp", "--plot", "loss.png")]
    [InlineData("--cell", "--model", "rul", "--cell", "lg_hg2")]
    [InlineData("--method", "--model", "soh", "--method", "charges", "--rungs")]
    [InlineData("--set lg_hg2", "--method", "ridge", "--set", "lg_hg2", "--data_path", "data/drive.csv")]
    [InlineData("name the folder", "--model", "soh", "--data_path", "data/drive.csv")]
    [InlineData("--without", "--model", "temp", "--without", "10")]
    [InlineData("--cells: lg_hg2", "--method", "ridge", "--cells", "4")]
    [InlineData("it has none", "--model", "soh", "--option", "trees=3")]
    public void WhatDoesNothingIsRefused(string sentence, params string[] told)
    {
        string[] data = told.Contains("--data_path") ? [] : ["--data_path", Repo.At("data")];
        var (code, _, error) = CliRun.Of(["train", .. told.Select(word => word.StartsWith("data/", StringComparison.Ordinal) ? Repo.At(word) : word), .. data]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
    }

    [Fact]
    public void APacksVoltageIsSharedAmongItsCells()
    {
        string folder = Folder();
        try
        {
            string[] lines = [.. File.ReadAllLines(Repo.At("data/drive.csv")).Where(line => !line.StartsWith('#'))], head = lines[0].Split(',');
            int volt = Array.FindIndex(head, name => name.Contains("volt", StringComparison.OrdinalIgnoreCase));
            File.WriteAllLines(Path.Combine(folder, "pack.csv"), [lines[0], .. lines.Skip(1).Select(line => line.Split(',')).Select(row => string.Join(',', row.Select((text, k) => k == volt ? (16 * double.Parse(text, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture) : text)))]);
            string[] told = ["train", "--method", "ridge", "--data_path", Path.Combine(folder, "pack.csv"), "--cell", "sample_nmc", "--out", Path.Combine(folder, "out")];
            var refused = CliRun.Of(told);
            Assert.Equal(ExitCode.Data, refused.Code);
            Assert.Contains("give --cells N", refused.Error, StringComparison.Ordinal);
            Assert.Equal(ExitCode.Ok, CliRun.Of([.. told, "--cells", "16"]).Code);
            var file = ModelCatalogue.Read(Path.Combine(folder, "out", "soc_ridge_sample_nmc_own.json"));
            Assert.Contains("--cell sample_nmc --cells 16", file.Training.Command, StringComparison.Ordinal);
            Assert.All(file.Inputs.Where(input => input.Unit == "V" && input.Highest is not null), input => Assert.InRange(input.Highest!.Value, 2.5, 4.5));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void OneCommandTrainsEveryForecastOfASet()
    {
        // Without the data it ends at the first; every one is checked before.
        var (code, _, error) = CliRun.Of("train", "--model", "temp", "--set", "nasa", "--data_path", Repo.At("data"));
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("temp, 10s-known is trained on lg_hg2, panasonic, own", error, StringComparison.Ordinal);
    }

    [Fact]
    public void AModelOfYourOwnAnswers()
    {
        string folder = Folder();
        try
        {
            string drive = Repo.At("data/drive.csv");
            Assert.Equal(ExitCode.Ok, CliRun.Of("train", "--method", "ridge", "--data_path", drive, "--cell", "sample_nmc", "--option", "rows=4000", "--out", folder).Code);
            foreach (string[] method in (string[][])[[], ["--method", "ridge"]])
            {
                var (code, output, error) = CliRun.Of(["infer", "--input_path", drive, "--cell", "sample_nmc", "--models", folder, "--json", .. method]);
                Assert.Equal("", code == ExitCode.Ok ? "" : error);
                Assert.Contains("\"ridge\"", output, StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("--onnx", "--model", "soh", "--onnx", "mine.onnx")]
    [InlineData("--method", "--model", "rul", "--method", "ekf")]
    [InlineData("--start", "--model", "temp", "--start", "0.5")]
    [InlineData("--temperature-degc", "--model", "soh", "--temperature-degc", "25")]
    [InlineData("no such folder", "--models", "no-such-folder")]
    [InlineData("--models", "--models", "cells", "--method", "ekf")]
    [InlineData("--models", "--models", "cells", "--onnx", "mine.onnx")]
    public void InferDropsNothingInSilence(string sentence, params string[] told)
    {
        var (code, _, error) = CliRun.Of(["infer", "--input_path", Repo.At("data/drive.csv"), "--cell", "sample_nmc", .. told.Select(word => word == "cells" ? Repo.At(word) : word)]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
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
        var (code, _, error) = CliRun.Of("train", "--method", "ridge", "--data_path", Path.GetTempPath(), "--option", "depth=3");
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
            // Health, life and temperature ahead too.
            Assert.Equal(ExitCode.Ok, CliRun.Of("export", "--target", "onnx", "--model", Repo.At("models/soh_charges_xjtu.json"), "--out", folder).Code);
            Assert.True(new FileInfo(Path.Combine(folder, "soh_charges_xjtu.onnx")).Length > 10_000);
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
