using AiBms.Telemetry;
using AiBms.Telemetry.Frames;

namespace AiBms.Tests.Telemetry.Frames;

/// <summary>The series of docs/reference/telemetry.md, bit by bit.</summary>
public class DeltaCodeTests
{
    /// <summary>
    /// By hand: middle of 3600 and 3601 mV is 3601, zigzag 7202 = A2 38; codes 2, 1 and 0 (not known) need 6 bits with k = 0:
    /// 110 10 0, filled up to D0.
    /// </summary>
    [Fact]
    public void ThreeCellsAreTheseBytes() => Assert.Equal("03A23800D0", Convert.ToHexString(DeltaCode.Write([3.600, 3.601, double.NaN], 0.001)));

    /// <summary>By hand: 0 and 1000 steps, middle 1000; the first has code 2000 (zigzag of −1000 is 1999, plus one): with k = 10, 0 10 11 1101 0000.</summary>
    [Fact]
    public void AFarValueTakesTheKThatIsShortest()
    {
        byte[] bytes = DeltaCode.Write([0, 1000], 1);
        Assert.Equal([0.0, 1000.0], DeltaCode.Read(bytes, 1));
        int[] lengths = [.. Enumerable.Range(0, 41).Select(k => (2000 >> k >= 15 ? 63 : (2000 >> k) + 1 + k) + (1 >> k) + 1 + k)];
        Assert.Equal(1 + 2 + 1 + (lengths.Min() + 7) / 8, bytes.Length);
    }

    [Theory]
    [InlineData("03A23800")] // ends early
    [InlineData("03A23800D1")] // something in the filling
    [InlineData("03A23800D000")] // a byte too many
    [InlineData("03A23829D0")] // 41 low bits
    [InlineData("FFFF7F00")] // more numbers than are taken
    public void OtherBytesAreRefused(string hex) => Assert.Throws<DataException>(() => DeltaCode.Read(Convert.FromHexString(hex), 0.001));
}
