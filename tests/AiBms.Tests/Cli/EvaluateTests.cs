using System.Text.Json.Nodes;
using AiBms.Cli;
using AiBms.Tests.House;
using AiBms.Tests.Learning;

namespace AiBms.Tests.Cli;

[Collection(EnvironmentCollection.Name)]
public sealed class EvaluateTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-evaluate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    (string Drive, string Cell) Lay()
    {
        var drive = MadeUp.Drive().Recording;
        string path = Path.Combine(_folder, "drive.csv"), cell = Path.Combine(_folder, "cell.json");
        File.WriteAllLines(path, ["time_s,voltage_v,current_a,temperature_c,capacity_ah", .. Enumerable.Range(0, drive.RowCount).Select(k =>
            FormattableString.Invariant($"{drive.TimeS[k]},{drive.VoltageV[k]},{drive.CurrentA[k]},25,{drive.ChargeAh![k]}"))]);
        File.WriteAllText(cell, """{ "id": "made_up", "capacityAh": 2, "source": { "data": "none", "licence": "none", "command": "none" } }""");
        return (path, cell);
    }

    [Fact]
    public void CountingFromHalfIsOffByWhatTheTruthWasFromHalf()
    {
        var (drive, cell) = Lay();
        var (code, output, _) = CliRun.Of("evaluate", drive, "--cell", cell, "--method", "count", "--cut-rows", "2000", "4000", "--json");
        Assert.Equal(ExitCode.Ok, code);
        var json = JsonNode.Parse(output)!;
        // Counting is exact on an exact current, so that each cut keeps its starting error; the two combine as a root mean square.
        double[] start = [.. ((int[])[2000, 4000]).Select(row => MadeUp.Drive().Soc[row] - 0.5)];
        double expected = Math.Sqrt(start.Average(error => error * error));
        // The first row after a cut is not counted: one row's charge, 1.5e-4.
        Assert.Equal(expected, (double)json["scores"]![0]!["rmse"]!, 2e-4);
    }

    /// <summary>Three such cells in series and two in parallel, read with the other sign: told so, the scores are those of one cell.</summary>
    [Fact]
    public void APackScoresAsItsCell()
    {
        var (one, _) = Lay();
        string pack = Path.Combine(_folder, "pack.csv");
        var drive = MadeUp.Drive().Recording;
        File.WriteAllLines(pack, ["time_s,voltage_v,current_a,temperature_c,capacity_ah", .. Enumerable.Range(0, drive.RowCount).Select(k =>
            FormattableString.Invariant($"{drive.TimeS[k]},{3 * drive.VoltageV[k]},{-2 * drive.CurrentA[k]},25,{-2 * drive.ChargeAh![k]}"))]);
        string[] rest = ["--cell", "sample_nmc", "--method", "ekf", "--cut-rows", "2000", "4000", "--json", "--reference-ah"];
        var cell = CliRun.Of(["evaluate", one, .. rest, "3"]);
        var whole = CliRun.Of(["evaluate", pack, .. rest, "6", "--cells", "3", "--current-sign", "discharge"]);
        Assert.Equal((ExitCode.Ok, ExitCode.Ok), (cell.Code, whole.Code));
        Assert.Contains("3 in series and 2 in parallel", whole.Error, StringComparison.Ordinal);
        JsonNode Score(string output) => JsonNode.Parse(output)!["scores"]![0]!;
        foreach (string what in (string[])["rmse", "coverage"])
            Assert.Equal((double)Score(cell.Output)[what]!, (double)Score(whole.Output)[what]!, 1e-6); // division by 3 rounds in the last digit
        Assert.Equal(6, (double)JsonNode.Parse(whole.Output)!["referenceAh"]!);
    }

    [Fact]
    public void TheFilesOwnSocIsTheTruthWhereThereIsNoCounter()
    {
        string[] run = ["evaluate", Repo.At("data/drive.csv"), "--cell", "sample_nmc", "--method", "count", "--cut-rows", "3000", "--json"];
        var (code, output, error) = CliRun.Of([.. run, "--start-soc", "1"]);
        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("its own SOC column is taken as the truth", error, StringComparison.Ordinal);
        Assert.Equal(CliRun.Of(run).Output, output);
    }

    [Fact]
    public void WhatCannotBeIsOneSentence()
    {
        var (drive, cell) = Lay();
        Assert.Equal(ExitCode.Usage, CliRun.Of("evaluate", drive, "--cell", cell, "--perturb", "warp").Code);
        Assert.Equal(ExitCode.Usage, CliRun.Of("evaluate", drive, "--cell", cell, "--cut-rows", "6000").Code);
        Assert.Equal(ExitCode.Usage, CliRun.Of("evaluate", drive, "--cell", cell, "--reference-ah", "-1").Code);
    }

    [Fact]
    public void ABoardWithoutDataSaysWhereDataIsFrom()
    {
        string? before = Environment.GetEnvironmentVariable("AIBMS_DATA");
        try
        {
            Environment.SetEnvironmentVariable("AIBMS_DATA", null);
            var (code, output, error) = CliRun.Of("board", "soc", "--out", _folder);
            Assert.Equal(ExitCode.Data, code);
            Assert.Empty(output);
            Assert.Contains("set AIBMS_DATA", error, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AIBMS_DATA", before);
        }
    }
}
