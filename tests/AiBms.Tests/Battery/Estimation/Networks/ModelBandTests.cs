using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Networks;

namespace AiBms.Tests.Battery.Estimation.Networks;

/// <summary>Bands: tables read between their places, and a width that learns from rests.</summary>
public class ModelBandTests
{
    [Fact]
    public void BetweenPlacesTheFactorIsBilinearAndBeyondThemHeld()
    {
        ModelBand band = new() { TemperatureDegC = [0, 10], Soc = [0.2, 0.6], WidthFactor = [1, 2, 3, 5] };
        Assert.Equal(1, band.FactorAt(-40, 0));
        Assert.Equal(5, band.FactorAt(40, 1));
        Assert.Equal(2, band.FactorAt(0, 0.6));
        Assert.Equal((1 + 2 + 3 + 5) / 4.0, band.FactorAt(5, 0.4), 1e-12);
        Assert.Equal(1.5, band.FactorAt(double.NaN, 0.4), 1e-12);
    }

    [Fact]
    public void ATableOfTheWrongSizeIsRefused()
    {
        ModelBand band = new() { TemperatureDegC = [0, 10], Soc = [0.2, 0.6], WidthFactor = [1, 2, 3] };
        Assert.NotNull(band.Fault());
        Assert.NotNull((band with { WidthFactor = [1, 2, 3, 0] }).Fault());
        Assert.NotNull((band with { WidthFactor = [1, 2, 3, 4], TemperatureDegC = [10, 0] }).Fault());
        Assert.Null((band with { WidthFactor = [1, 2, 3, 4] }).Fault());
    }

    [Fact]
    public void UnderDriftAsManyRestsMissAsShould()
    {
        // What the band claims is three times too narrow: it widens until about a tenth of the rests lie outside.
        AdaptiveWidth width = new(rateFraction: 0.1);
        Random random = new(2);
        int missed = 0;
        const int Rests = 4000, Settled = 400;
        for (int k = 0; k < Rests; k++)
        {
            double u = 1 - random.NextDouble(), normal = Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * random.NextDouble());
            double half = Interval.NinetyPercent * 0.01 * width.Factor, correction = 0.03 * normal;
            if (k >= Settled && Math.Abs(correction) > half) missed++;
            width.Watch(new RestCorrection(k, 600, correction, 0), half);
        }

        Assert.Equal(0.1, missed / (double)(Rests - Settled), 0.01);
        Assert.Equal(3, width.Factor, 0.9);
        width.Start();
        Assert.Equal(1, width.Factor);
    }

    [Fact]
    public void ARestCountsOnce()
    {
        AdaptiveWidth width = new(rateFraction: 0.1);
        RestCorrection rest = new(100, 600, 0.05, 0);
        width.Watch(null, 0.01);
        Assert.Equal(1, width.Factor);
        width.Watch(rest, 0.01);
        double once = width.Factor;
        width.Watch(rest, 0.01);
        Assert.Equal(Math.Exp(0.09), once, 1e-12);
        Assert.Equal(once, width.Factor);
    }
}
