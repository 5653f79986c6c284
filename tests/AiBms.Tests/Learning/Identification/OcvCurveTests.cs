using AiBms.Learning.Identification;
using CsCheck;
using Xunit;

namespace AiBms.Tests.Learning.Identification;

public class OcvCurveTests
{
    static readonly Gen<double[]> Curves = Gen.Double[2.5, 4.2].Array[2, 40];

    [Fact]
    public void ItAlwaysRises() => Curves.Sample(values =>
    {
        double[] rising = OcvCurve.Rising(values);
        for (int k = 1; k < rising.Length; k++) Assert.True(rising[k] >= rising[k - 1] + 0.99e-4);
    });

    [Fact]
    public void ARisingCurveStaysAsItIs() => Curves.Sample(values =>
    {
        double[] sorted = [.. values.Order().Select((v, k) => v + 1e-3 * k)];
        Assert.Equal(sorted, OcvCurve.Rising(sorted));
    });

    [Fact]
    public void NoOtherRisingCurveIsCloser() => Curves.Sample(values =>
    {
        // The sorted values and the constant mean rise too; 0.1 mV a node may be lost to being strict.
        double best = Distance(values, OcvCurve.Rising(values)), slack = 4 * 1e-4 * values.Length * values.Length;
        Assert.True(best <= Distance(values, [.. values.Order()]) + slack);
        Assert.True(best <= Distance(values, [.. values.Select(_ => values.Average())]) + slack);
    });

    [Fact]
    public void AdjacentViolatorsArePooled() =>
        // Barlow et al. 1972: 3, 2 pool to 2.5; the rest stays.
        Assert.Equal([1, 2.5, 2.5001, 4], OcvCurve.Rising([1, 3, 2, 4]));

    static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();
}
