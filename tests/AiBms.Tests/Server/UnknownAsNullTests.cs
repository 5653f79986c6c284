using System.Text.Json;
using AiBms.Server.Api;

namespace AiBms.Tests.Server;

/// <summary>Numbers on their way to a page.</summary>
public class UnknownAsNullTests
{
    static readonly JsonSerializerOptions s_json = new() { Converters = { new UnknownAsNull() } };

    /// <summary>A page looks for the row of a time: it has to be the very same number.</summary>
    [Fact]
    public void TimesArriveToTheLastBit()
    {
        double[] timesMs = [.. Enumerable.Range(0, 2000).Select(k => 1_795_849_123_457.0 + 1000 * k)];
        Assert.Equal(timesMs, JsonSerializer.Deserialize<double[]>(JsonSerializer.Serialize(timesMs, s_json), s_json));
    }

    [Fact]
    public void WhatIsNotKnownIsNullAndSixDecimalsAreEnough() => Assert.Equal("[null,null,0.333333,-2]", JsonSerializer.Serialize<double[]>([double.NaN, double.PositiveInfinity, 1.0 / 3, -2], s_json));
}
