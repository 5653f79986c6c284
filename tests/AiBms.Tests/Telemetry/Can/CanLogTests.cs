using AiBms.Telemetry;
using AiBms.Telemetry.Can;

namespace AiBms.Tests.Telemetry.Can;

/// <summary>Recorded buses: lines as can-utils documents them, and what is neither candump nor BLF.</summary>
public class CanLogTests
{
    [Fact]
    public void CandumpLinesAreFrames()
    {
        using TextFile file = new("bus.log",
            """
            (1436509052.249713) can0 044#2A366C2BBA
            (1436509052.449847) can0 00000123#R8

            (1436509052.650004) can1 18FF1000#
            (1436509053.850870) can0 213##1001122
            """);
        using var log = CanLogs.Open(file.Path);
        List<string> read = [];
        while (log.TryRead(out var frame)) read.Add(FormattableString.Invariant($"{frame.TimeS:F6} {frame.Key:X} {Convert.ToHexString(frame.Data.Span)}"));
        Assert.Equal(["1436509052.249713 44 2A366C2BBA", "1436509052.650004 98FF1000 ", "1436509053.850870 213 001122"], read);
    }

    [Theory]
    [InlineData("(1.0) can0 044#2A3")]
    [InlineData("(1.0) can0 44#2A")]
    [InlineData("can0 044 [2] 2A 36")]
    [InlineData("(x) can0 044#2A")]
    public void OtherLinesAreRefusedWithTheirNumber(string line)
    {
        using TextFile file = new("bus.log", "(1.0) can0 044#2A\n" + line);
        using var log = CanLogs.Open(file.Path);
        Assert.True(log.TryRead(out _), "the first line is one");
        Assert.Contains("line 2", Assert.Throws<DataException>(() => log.TryRead(out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADamagedBlfIsRefused()
    {
        using TextFile file = new("bus.blf", "LOGG" + new string('x', 200));
        Assert.Contains("header", Assert.Throws<DataException>(() => CanLogs.Open(file.Path)).Message, StringComparison.Ordinal);
    }
}
