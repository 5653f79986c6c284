using System.Text.Json.Nodes;
using AiBms.Cli;

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

        // Both directions are bound by something at every time.
        foreach (string direction in (string[])["chargeBoundBy", "dischargeBoundBy"]) Assert.Equal(1, run[direction]!.AsObject().Sum(share => (double)share.Value!), 1e-3);
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
