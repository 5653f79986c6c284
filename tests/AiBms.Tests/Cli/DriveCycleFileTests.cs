using AiBms.Cli.Commands;
using AiBms.Telemetry;

namespace AiBms.Tests.Cli;

public sealed class DriveCycleFileTests : IDisposable
{
    readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("# a comment\n0\n-5\n-2\n", null)]
    [InlineData("time_s,current_A\n10,0\n20,-5\n60,-2\n", new double[] { 0, 10, 50 })]
    [InlineData("0,0\n10,-5\n50,-2\n", new double[] { 0, 10, 50 })]
    public void CurrentsAndTheirTimesAreRead(string text, double[]? timesS)
    {
        File.WriteAllText(_path, text);
        var cycle = DriveCycleFile.Read(_path)!;
        Assert.Equal([0.0, -5, -2], cycle.CurrentA);
        Assert.Equal(timesS, cycle.TimesS);
    }

    [Theory]
    [InlineData("x,-5\n", "neither")]
    [InlineData("a,b\n", "'b' is not named as a current")]
    [InlineData("time_s,power_kW\n0,1\n1,2\n", "'power_kW' is not named as a current")]
    [InlineData("time_s,current_mA\n0,1\n1,2\n", "in mA")]
    [InlineData("0,1\n0,2\n", "ascend")]
    [InlineData("1\n2\nx\n", "line 3")]
    [InlineData("1,2,3\n", "line 1")]
    [InlineData("-5\n", "1 currents")]
    [InlineData("\u001f\u008b\u0008\u0000", "not named as a current")]
    public void WhatIsNotADriveCycleSaysWhy(string text, string part)
    {
        File.WriteAllText(_path, text);
        Assert.Contains(part, Assert.Throws<DataException>(() => DriveCycleFile.Read(_path)).Message, StringComparison.Ordinal);
    }
}
