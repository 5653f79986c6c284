using System.Text.Json;
using AiBms.Cli;
using AiBms.Cli.Shell;

namespace AiBms.Tests.Cli;

/// <summary>What <c>simulate --model</c> leaves behind: one document with <c>--json</c>, and files that are whole or those of before.</summary>
public sealed class SimulationOutputTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-output-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("spm", "chen2020", 5)]
    [InlineData("ecm", "sample_nmc", 3)]
    public void JsonTellsHowEachStepWent(string model, string cell, double ratedAh)
    {
        string path = Path.Combine(_folder, "run.csv");
        var (code, output, error) = CliRun.Of("simulate", "--model", model, "--cell", cell, "--experiment", "Discharge at 1C for 6 minutes; Rest for 60 seconds", "--out", path, "--json");
        Assert.Equal("", code == ExitCode.Ok ? "" : error);
        using var document = JsonDocument.Parse(output);
        var steps = document.RootElement.GetProperty("steps");
        Assert.Equal(["time over", "time over"], steps.EnumerateArray().Select(step => step.GetProperty("end").GetString()));
        // 1C for a tenth of an hour is a tenth of the rated capacity.
        Assert.Equal(-ratedAh / 10, steps[0].GetProperty("chargeAh").GetDouble(), 4);
        Assert.Equal(420, steps[1].GetProperty("endS").GetDouble(), 6);
        Assert.Equal(path, document.RootElement.GetProperty("out").GetString());
        Assert.Contains("time_s", File.ReadLines(path).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void JsonAloneIsOneDocumentWithoutATable()
    {
        var (code, output, _) = CliRun.Of("simulate", "--model", "spm", "--cell", "chen2020", "--experiment", "Discharge at 1C for 60 seconds", "--json");
        Assert.Equal(ExitCode.Ok, code);
        using var document = JsonDocument.Parse(output);
        Assert.Equal("spm", document.RootElement.GetProperty("model").GetString());
    }

    [Fact]
    public void TheFileOfBeforeStandsUntilTheNewOneIsWhole()
    {
        string path = Path.Combine(_folder, "run.csv");
        File.WriteAllText(path, "before");
        using (OutputFile file = new(path))
        {
            file.Writer.Write("half");
            file.Writer.Flush();
            Assert.Equal("before", File.ReadAllText(path));
        }

        Assert.Equal("before", File.ReadAllText(path));
        using (OutputFile file = new(path))
        {
            file.Writer.Write("whole");
            file.Keep();
        }

        Assert.Equal("whole", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void ADeviceStaysADeviceAndALinkALink()
    {
        using (OutputFile nothing = new("/dev/null"))
        {
            nothing.Writer.Write("x");
            nothing.Keep();
        }

        Assert.Equal(0, new FileInfo("/dev/null").Length);
        Assert.False(File.Exists("/dev/null.part"));
        string target = Path.Combine(_folder, "target.csv"), link = Path.Combine(_folder, "link.csv");
        File.WriteAllText(target, "before");
        File.CreateSymbolicLink(link, target);
        using (OutputFile file = new(link))
        {
            file.Writer.Write("1");
            file.Keep();
        }

        Assert.Equal("1", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }
}
