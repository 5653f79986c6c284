using AiBms.Learning.Datasets;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Learning.Datasets;

public class OneHertzTests
{
    [Fact]
    public void WholeSecondsAreAveragedAndTheCounterTakenAtTheirEnd()
    {
        var raw = Raw([0, 0.5, 1.0, 1.25, 1.5, 3.9, 3.95], [4, 3, 2, 2, 5, 1, 3], [-1, -3, 0, 0, -3, 2, 4], [0.5, 0.4, 0.3, 0.2, 0.1, 0.6, 0.7]);
        var second = OneHertz.Of(raw);
        Assert.Equal([0, 1, 3], second.TimeS); // nothing was recorded in the second from 2 to 3
        Assert.Equal([3.5, 3, 2], second.VoltageV);
        Assert.Equal([-2, -1, 3], second.CurrentA);
        Assert.Equal([-0.1, -0.4, 0.2], second.ChargeAh!.Select(q => Math.Round(q, 12)));
        Assert.All(second.TemperatureDegC, t => Assert.Equal(25, t));
    }

    [Fact]
    public void WhatIsNotKnownIsLeftOut()
    {
        var raw = Raw([0, 0.5, 1, 2, 3], [double.NaN, 3, double.NaN, 3, 3], [1, 1, 1, 1, 1], null);
        var second = OneHertz.Of(raw);
        Assert.Equal([0, 2, 3], second.TimeS);
        Assert.Null(second.ChargeAh);
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        OneHertz.Write(second, path);
        Assert.Equal(["time_s,voltage_v,current_a,temperature_c,capacity_ah", "0,3,1,25,", "2,3,1,25,", "3,3,1,25,"], File.ReadAllLines(path));
        File.Delete(path);
    }

    [Fact]
    public void NothingToAverageIsRefused() => Assert.Throws<DataException>(() => OneHertz.Of(Raw([0, 0.1], [3, 3], [1, 1], null)));

    static Recording Raw(double[] timeS, double[] voltageV, double[] currentA, double[]? chargeAh) => new()
    {
        Name = "made up",
        TimeS = timeS,
        VoltageV = voltageV,
        CurrentA = currentA,
        TemperatureDegC = [.. timeS.Select(_ => 25.0)],
        ChargeAh = chargeAh,
        Flags = new RowFlags[timeS.Length],
    };
}
