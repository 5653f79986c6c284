using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Telemetry.Readings;

/// <summary>What of a file could not be read is told, with how much and on which line first.</summary>
public class UnreadTests
{
    const string Head = "time_s,voltage_v,current_a,V_1\n0,3.7,0,3.7\n1,3.7,-1,3.69\n";

    [Theory]
    [InlineData("2,3.7,-1,abc\n3,3.7,-1,x\n", "unreadable-value", 2, 4)]
    [InlineData("2,3.7,-1,3.7\nNaN,3.7,-1,3.7\n,3.7,-1,3.7\n", "no-time", 2, 5)]
    [InlineData("2,3.7,-1,3.7\n3,3.", "cut", 1, 5)]
    [InlineData("2,3.7,-1,3.7\n3,3.7,-1", "cut", 1, 5)]
    public void IsTold(string rows, string kind, int count, int line)
    {
        var item = Assert.Single(TextFile.Open(Head + rows).Findings.Items, item => item.Kind == kind);
        Assert.Equal((count, line, Severity.Problem), (item.Count, item.FirstLines[0], item.Severity));
    }

    /// <summary>No last line end, and what recorders write where they have no value, are as they should be.</summary>
    [Theory]
    [InlineData("2,3.7,-1,\n3,3.7,-1,3.7")]
    [InlineData("2,3.7,-1,NaN\n3,3.7,-1,null\n4,3.7,-1,--\n")]
    public void WhatIsAbsentIsNot(string rows) =>
        Assert.DoesNotContain(TextFile.Open(Head + rows).Findings.Items, item => item.Kind is "unreadable-value" or "cut" or "no-time" or "malformed");

    [Theory]
    [InlineData("time_s,current_a", -30, double.NaN)]
    [InlineData("Time / s,Current / A", -30, double.NaN)]
    [InlineData("Time [s],Current [mA]", -0.03, double.NaN)]
    [InlineData("time_s,power_w", double.NaN, -30)]
    [InlineData("Time / s,Power / W", double.NaN, -30)]
    [InlineData("Time (s),Power (kW)", double.NaN, -30_000)]
    public void ALoadOfTwoNamedColumnsIsRead(string header, double currentA, double powerW)
    {
        var recording = TextFile.Open(header + "\n0,-30\n60,-30\n");
        Assert.Equal(("load", CurrentSign.Charge, 60.0, currentA), (recording.Findings.Dialect, recording.Findings.CurrentSign, recording.TimeS[1], recording.CurrentA[1]));
        if (double.IsFinite(powerW)) Assert.Equal(powerW, Assert.Single(recording.Extras, extra => extra.Name == "power_w").Values[0]);
    }

    [Theory]
    [InlineData("time_s,current")]
    [InlineData("zeit,strom")]
    [InlineData("time_s,current_hp")]
    public void ALoadWithoutUnitsIsNotGuessedAt(string header) =>
        Assert.Contains("in no dialect", TextFile.Refusal(header + "\n0,-30\n60,-30\n"), StringComparison.Ordinal);
}
