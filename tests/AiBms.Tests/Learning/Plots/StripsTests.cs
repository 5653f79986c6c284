using AiBms.Battery.Estimation;
using AiBms.Learning.Plots;
using SkiaSharp;

namespace AiBms.Tests.Learning.Plots;

public class StripsTests
{
    [Fact]
    public void ThinningKeepsEverySpikeAndTheOrderOfTime()
    {
        double[] x = [.. Enumerable.Range(0, 100_000).Select(k => (double)k)], y = new double[100_000];
        (y[31_234], y[77_777]) = (5, -3);
        var (xs, ys) = Strips.Thin(x, y);
        Assert.InRange(xs.Length, 100, 3000);
        Assert.Equal(xs.Order(), xs);
        Assert.Equal(5, ys[Array.IndexOf(xs, 31_234)]);
        Assert.Equal(-3, ys[Array.IndexOf(xs, 77_777)]);
    }

    [Fact]
    public void ShortSeriesAreLeftAlone()
    {
        double[] x = [0, 1, 2], y = [3, 1, 2];
        var (xs, ys) = Strips.Thin(x, y);
        Assert.Equal(x, xs);
        Assert.Equal(y, ys);
    }

    [Fact]
    public void MissingValuesBreakALine() =>
        Assert.Equal([(0, 2), (3, 4), (6, 7)], Strips.Runs([1, 2, double.NaN, 3, double.NaN, double.PositiveInfinity, 4]));

    [Theory]
    [InlineData(false, 2)] // SOC and temperature
    [InlineData(true, 3)] // and residual
    public void AFigureHasOnePanelForEachThingThatIsKnown(bool withModel, int panels)
    {
        string path = Path.Combine(Path.GetTempPath(), $"aibms-figure-{Guid.NewGuid():N}.png");
        try
        {
            double[] timeS = [0, 1, 2, 3], temperatureDegC = [25, 25, 26, 26];
            double residualV = withModel ? 0.001 : double.NaN;
            SocEstimate estimate = new(0.5, 0.1, 0.4, 0.6, SocValidity.Valid, 3.7, residualV, 0), unknown = new(double.NaN, double.NaN, double.NaN, double.NaN, SocValidity.Unknown, double.NaN, double.NaN, double.NaN);
            SocFigure.Save(path, "four rows", timeS, [unknown, estimate, estimate, estimate], temperatureDegC, []);
            using var picture = SKBitmap.Decode(path);
            Assert.Equal((1400, 560 * panels), (picture.Width, picture.Height));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
