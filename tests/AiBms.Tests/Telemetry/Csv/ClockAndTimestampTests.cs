using System.Text;
using AiBms.Telemetry.Csv;

namespace AiBms.Tests.Telemetry.Csv;

public class ClockAndTimestampTests
{
    [Theory]
    [InlineData("69:39:56.682", 250796.682)]
    [InlineData("00:00:00", 0)]
    [InlineData("12:34", 754)]
    [InlineData("2d 03:04:05.5", 183845.5)]
    [InlineData("1-02:03:04", 93784)]
    [InlineData("42.5", 42.5)]
    [InlineData("-00:00:05", -5)]
    public void ElapsedTimesAreSeconds(string text, double seconds)
    {
        Assert.True(ClockParser.TryRead(Encoding.UTF8.GetBytes(text), (byte)'.', out double read));
        Assert.Equal(seconds, read, 1e-9);
    }

    [Theory]
    [InlineData("12:75:00")]
    [InlineData("12:34:56:78")]
    [InlineData("")]
    [InlineData("noon")]
    public void WhatIsNoElapsedTimeIsNotRead(string text) => Assert.False(ClockParser.TryRead(Encoding.UTF8.GetBytes(text), (byte)'.', out _));

    [Theory]
    [InlineData("2021-05-05 09:10:01", false, "2021-05-05T09:10:01")]
    [InlineData("2021-05-05T09:10:01.250Z", false, "2021-05-05T09:10:01.25")]
    [InlineData("2021/5/6 09:10", false, "2021-05-06T09:10")]
    [InlineData("10/28/2018 1:48:59 AM", false, "2018-10-28T01:48:59")]
    [InlineData("10/28/2018 12:48:59 PM", false, "2018-10-28T12:48:59")]
    [InlineData("3/4/2021 12:00:00 AM", false, "2021-03-04")]
    [InlineData("3/4/2021 00:00:00", true, "2021-04-03")]
    [InlineData("28.10.2018 01:48:59,5", true, "2018-10-28T01:48:59.5")]
    [InlineData("28-Oct-18 1:48:59 PM", false, "2018-10-28T13:48:59")]
    public void DatesAreReadAsWritten(string text, bool dayFirst, string expected)
    {
        Assert.True(TimestampParser.TryRead(Encoding.UTF8.GetBytes(text), dayFirst, out long ticks));
        Assert.Equal(DateTime.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), new DateTime(ticks, DateTimeKind.Unspecified));
    }

    [Theory]
    [InlineData("2021-02-30 00:00:00")]
    [InlineData("2021-13-01")]
    [InlineData("10/28/2018 13:00:00 PM")]
    [InlineData("2021-05-05 09:10:01 tomorrow")]
    [InlineData("3.85")]
    [InlineData("")]
    public void WhatIsNoDateIsNotRead(string text) => Assert.False(TimestampParser.TryRead(Encoding.UTF8.GetBytes(text), false, out _));
}
