using AiBms.Numerics;

namespace AiBms.Tests.Numerics;

public class CubicTableTests
{
    [Fact]
    public void TheErrorFallsWithTheFourthPower()
    {
        double Worst(int intervals)
        {
            var table = new CubicTable(0, 1, intervals, x => (Math.Sin(6 * x), 6 * Math.Cos(6 * x)));
            double worst = 0;
            for (double x = 0; x <= 1; x += 1.0 / 997) worst = Math.Max(worst, Math.Abs(table.At(x, out _) - Math.Sin(6 * x)));
            return worst;
        }

        // The bound h⁴·max|f⁗|/384 itself, and its order.
        Assert.InRange(Worst(32), 0, Math.Pow(1.0 / 32, 4) * 1296 / 384);
        Assert.InRange(Math.Log2(Worst(32) / Worst(64)), 3.8, 4.2);
    }

    [Fact]
    public void CubicsAreExactAndTheEndsGoOnStraight()
    {
        var table = new CubicTable(-1, 2, 3, x => (x * x * x - x, 3 * x * x - 1));
        Assert.Equal(0.5 * 0.5 * 0.5 - 0.5, table.At(0.5, out double slope), 1e-14);
        Assert.Equal(-0.25, slope, 1e-14);
        Assert.Equal(6 + 11 * 0.5, table.At(2.5, out slope), 1e-12);
        Assert.Equal(11, slope, 1e-12);
        Assert.Equal(-2 * 0.5, table.At(-1.5, out _), 1e-12);
    }

    [Fact]
    public void AnInfiniteValueIsRefused() => Assert.Throws<ArgumentException>(() => new CubicTable(0, 1, 4, x => (1 / x, -1 / (x * x))));
}
