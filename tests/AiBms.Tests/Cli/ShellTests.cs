using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiBms.Cli;
using AiBms.Cli.Shell;
using AiBms.Numerics;
using AiBms.Telemetry;

namespace AiBms.Tests.Cli;

public class ShellTests
{
    [Theory]
    [InlineData("infer", "infer", 0)]
    [InlineData("infr", "infer", 1)]
    [InlineData("ifner", "infer", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("ca", "abc", 3)] // optimal string alignment: no edit inside a swapped pair (Boytsov 2011), so 3 and not 2
    public void EditsAreCounted(string a, string b, int edits)
    {
        Assert.Equal(edits, Nearest.Edits(a, b));
        Assert.Equal(edits, Nearest.Edits(b, a));
    }

    [Fact]
    public void AFarWordIsNotSuggested()
    {
        Assert.Equal("board", Nearest.To("baord", ["infer", "board", "bench"]));
        Assert.Null(Nearest.To("xylophone", ["infer", "board"]));
        Assert.Null(Nearest.To("word", []));
    }

    [Fact]
    public void ExceptionsBecomeExitCodes()
    {
        Assert.Equal(ExitCode.Usage, ExitCode.Of(new UsageException("")));
        Assert.Equal(ExitCode.Data, ExitCode.Of(new DataException("")));
        Assert.Equal(ExitCode.Data, ExitCode.Of(new FileNotFoundException()));
        Assert.Equal(ExitCode.Data, ExitCode.Of(new UnauthorizedAccessException()));
        Assert.Equal(ExitCode.Network, ExitCode.Of(new SocketException()));
        Assert.Equal(ExitCode.Fault, ExitCode.Of(new InvalidOperationException()));
    }

    [Fact]
    public void AnUnknownCellIsExitCodeModel()
    {
        var (code, output, error) = CliRun.Of("simulate", "drive", "--cell", "no_such_cell");
        Assert.Equal(ExitCode.Model, code);
        Assert.Empty(output);
        Assert.StartsWith("aibms: No cell is called 'no_such_cell'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgressDrawsOnATerminalAndWipesItself()
    {
        using var terminal = new StringWriter();
        var clock = new SteppedTime();
        using (var line = new ProgressLine(terminal, "reading", 200, clock))
        {
            line.Report(1);
            Assert.Empty(terminal.ToString()); // too soon to be worth a line
            clock.Advance(TimeSpan.FromSeconds(1));
            line.Report(100);
            Assert.Contains("50 %", terminal.ToString(), StringComparison.Ordinal);
        }

        Assert.EndsWith("\r", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ProgressIsSilentInAFile()
    {
        using var error = new StringWriter();
        var talk = new Talk(TextWriter.Null, error, Screen.None);
        using (var line = talk.Progress("reading", 10)) line.Report(10);
        Assert.Empty(error.ToString());
    }

    [Fact]
    public void DoctorSpeaksJson()
    {
        var (code, output, error) = CliRun.Of("doctor", "--json");
        Assert.Equal(ExitCode.Ok, code);
        Assert.Empty(error);
        var findings = JsonNode.Parse(output)!["findings"]!.AsArray();
        Assert.Equal(JsonValueKind.True, findings.Single(f => (string?)f!["name"] == "runtime")!["ok"]!.GetValueKind());
        Assert.All(findings, f => Assert.True((bool)f!["ok"]! || f["cure"] is not null));
    }

    [Fact]
    public void DoctorTellsWhatToDo()
    {
        var missing = Checkup.MeasuredData(null);
        Assert.False(missing.IsOk);
        Assert.Contains("aibms data list", missing.Cure, StringComparison.Ordinal);
        Assert.False(Checkup.MeasuredData("no-such-folder").IsOk);
        Assert.False(Checkup.CanWrite("no-such-folder").IsOk);
        Assert.True(Checkup.CanWrite(Path.GetTempPath()).IsOk);
    }

    sealed class SteppedTime : TimeProvider
    {
        long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
