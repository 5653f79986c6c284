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
        Assert.Equal((ExitCode.Ok, ""), (code, error));
        Assert.Contains("40 rows", output, StringComparison.Ordinal);
        Recording converted = RecordingDoor.Open(place.Path);
        Assert.Equal("bdf", converted.Findings.Dialect);
        Assert.True(RoundTripTests.Same(RecordingDoor.Open(source), converted));
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
