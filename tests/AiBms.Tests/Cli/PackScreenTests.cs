using System.Text.Json.Nodes;
using AiBms.Cli;
using AiBms.Cli.Commands;
using AiBms.Safety.Runaway;
using AiBms.Tests.House;
using AiBms.Tests.Telemetry;

namespace AiBms.Tests.Cli;

/// <summary>What a run over a pack tells at its end.</summary>
public class PackScreenTests
{
    static readonly string[] s_run = ["simulate", "--pack", "module_12s_coldplate", "--start", "0.6", "--experiment", "Discharge at 0.5C for 8 minutes", "--interval", "60"];

    /// <summary>Every quantity of the pack's estimates is there, with its band and what binds it, and energy is of the load that was told.</summary>
    [Fact]
    public void TheEstimatesStandAtTheEnd()
    {
        (int code, string output, _) = CliRun.Of([.. s_run, "--energy-load", "2kW", "--fault", "pump-stop@99999", "--json"]);
        Assert.Equal(ExitCode.Ok, code);
        var run = JsonNode.Parse(output)!;
        var estimates = run["estimates"]!;
        Assert.Equal(2000, (double)estimates["energy"]!["loadW"]!, 1.0);
        Assert.True((double)estimates["energy"]!["deviationWh"]! > 0);
        Assert.Equal([2.0, 10.0, 30.0], estimates["discharge"]!.AsArray().Take(3).Select(p => (double)p!["forS"]!));
        Assert.All(estimates["discharge"]!.AsArray().Concat(estimates["charge"]!.AsArray()), p => Assert.NotEqual("Unknown", (string)p!["binding"]!));
        Assert.Equal([10.0, 60.0, 300.0, 600.0], estimates["hotSpotAhead"]!.AsArray().Select(t => (double)t!["inS"]!));
        Assert.Equal(12, estimates["cells"]!.AsArray().Count);
        Assert.Equal("the pack has not rested twice yet", (string)estimates["health"]!["reason"]!);
        Assert.Contains("never came", (string)run["faults"]![0]!, StringComparison.Ordinal);

        // What binds at the end: its name is among those of the shares, and it has bound since a time within the run.
        foreach (string direction in (string[])["charge", "discharge"])
        {
            var binding = run[direction + "Binding"]!;
            Assert.True(run[direction + "BoundBy"]!.AsObject().ContainsKey((string)binding["name"]!));
            Assert.InRange((double)binding["sinceS"]!, 0.0, 480.0);
            Assert.True((double)binding["limitA"]! >= 0);
        }

        Assert.Null(run["runaway"]);

        // Both directions are bound by something at every time.
        foreach (string direction in (string[])["chargeBoundBy", "dischargeBoundBy"]) Assert.Equal(1, run[direction]!.AsObject().Sum(share => (double)share.Value!), 1e-3);
    }

    [Fact]
    public void TheScreenSaysWhatBindsSinceWhenAndWhatContinuousMeans()
    {
        (int code, string output, _) = CliRun.Of(s_run);
        Assert.Equal(ExitCode.Ok, code);
        Assert.Matches("discharge is bound by CurrentTable: [0-9.]+ A at [0-9.]+ °C of T_[0-9]+, since [0-9]+ s", output);
        Assert.Contains("continuous (10 min)", output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFlowThatCannotBeTurnedRoundIsRefused()
    {
        (int code, _, string error) = CliRun.Of([.. s_run, "--reverse-flow", "600"]);
        Assert.Equal(ExitCode.Data, code);
        Assert.Contains("cannot be turned round", error, StringComparison.Ordinal);
    }

    /// <summary>What a record could not give is told, and the program ends well.</summary>
    [Fact]
    public void AReplayOfACutRecordSaysSo()
    {
        string whole = File.ReadAllText(Repo.At("data/pack-day.csv"));
        using var file = new TextFile("cut.csv", whole[..(whole.LastIndexOf('\n', whole.Length - 2) + 20)]);
        (int code, string output, _) = CliRun.Of("replay", file.Path);
        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("left out: 1 of", output, StringComparison.Ordinal);
        Assert.Contains("the file ends in the middle of its last row: it is cut (line", output, StringComparison.Ordinal);
    }

    /// <summary>The time that the warning of a runaway gained is where a program reads it.</summary>
    [Fact]
    public void TheTimeARunawayWarningGainedIsTold()
    {
        RunawayWarning warning = new(true, RunawaySigns.VoltageDrop | RunawaySigns.TemperatureRate, 3, 61_500, 12_400);
        Assert.Equal(12.4, (double)RunawayText.Json(warning)!["gainedS"]!, 1e-9);
        Assert.Contains("12.4 s before the temperature limit", RunawayText.Of(warning), StringComparison.Ordinal);
        Assert.Null(RunawayText.Json(warning with { GainedMs = -1 })!["gainedS"]);
        Assert.Null(RunawayText.Json(warning with { Active = false }));
    }

    [Theory]
    [InlineData("--energy-load", "fast", "a power such as 12kW")]
    [InlineData("--energy-load", "-3kW", "a power such as 12kW")]
    [InlineData("--cell", "sample_nmc", "--cell does not go with --pack")]
    public void WhatWouldBeIgnoredIsRefused(string option, string value, string says)
    {
        (int code, _, string error) = CliRun.Of([.. s_run, option, value]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }
}
