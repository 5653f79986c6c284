using AiBms.Cli;
using AiBms.Telemetry.Readings;
using AiBms.Tests.House;
using AiBms.Tests.Telemetry;
using AiBms.Tests.Telemetry.Bdf;

namespace AiBms.Tests.Cli;

public class ConvertTests
{
    [Theory]
    [InlineData("fleet_export.csv", ".bdf.csv")]
    [InlineData("digatron.csv", ".bdf.gz")]
    [InlineData("meas_compressed.mat", ".bdf.parquet")]
    [InlineData("arbin_mits10.csv", ".parquet")]
    public void AConvertedFileOpensToTheSameRecording(string fixture, string ending)
    {
        string source = Repo.At($"tests/AiBms.Tests/Telemetry/Fixtures/{fixture}");
        using var place = new TextFile("out" + ending, "");
        (int code, string output, string error) = CliRun.Of("convert", source, "--out", place.Path);
        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal(RecordingDoor.Open(source).Findings.Items.Select(item => item.Message), error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[15..].Split(" (line ")[0].Split(" (row ")[0]));
        Assert.Contains("40 rows", output, StringComparison.Ordinal);
        Recording converted = RecordingDoor.Open(place.Path);
        Assert.Equal("bdf", converted.Findings.Dialect);
        Assert.True(RoundTripTests.Same(RecordingDoor.Open(source), converted));
    }

    [Fact]
    public void WhatIsWrongWithARowIsSaid()
    {
        using var file = new TextFile("a.csv", "time_s,voltage_v,current_a\n0,3.7,1\n1,3.7,1\n1,3.7,1\n2,999,1\n3,3.7,1\n");
        string error = CliRun.Of("convert", file.Path, "--out", Path.Combine(file.Folder, "b.csv"), "--current-sign", "charge").Error;
        Assert.Contains("time repeats the row before: 1 row", error, StringComparison.Ordinal);
        Assert.Contains("999", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ATargetThatCannotBeWrittenIsADataProblem()
    {
        using var place = new TextFile("a.csv", "");
        (int code, _, string error) = CliRun.Of("convert", Repo.At("data/charge.csv"), "--out", Path.Combine(place.Folder, "no", "such", "x.bdf.csv"));
        Assert.Equal(ExitCode.Data, code);
        Assert.Contains("cannot be written", error, StringComparison.Ordinal);
    }
}
