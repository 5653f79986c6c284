using System.Text.Json.Nodes;
using AiBms.Cli;
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
