using AiBms.Numerics;
using CsCheck;

namespace AiBms.Tests.Numerics;

public class ReproducibleMathTests
{
    [Fact]
    public void ExpAgreesWithTheLibrary() => Gen.Double[-80, 80].Sample(x =>
        Math.Abs(ReproducibleMath.Exp(x) / Math.Exp(x) - 1) < 1e-13 && Math.Abs(ReproducibleMath.Exp((float)x) / Math.Exp((float)x) - 1) < 6e-7);

    [Fact]
    public void LogAgreesWithTheLibrary() => Gen.Double[-60, 60].Sample(power =>
    {
        double x = Math.Exp(power);
        return Math.Abs(ReproducibleMath.Log(x) - Math.Log(x)) < 1e-13 * Math.Max(1, Math.Abs(Math.Log(x)))
            && Math.Abs(ReproducibleMath.Log((float)x) - Math.Log((float)x)) < 3e-7 * Math.Max(1, Math.Abs(Math.Log((float)x)));
    });

    [Fact]
    public void AsinhAgreesWithTheLibrary() => Gen.Double[-1000, 1000].Sample(x =>
        Math.Abs(ReproducibleMath.Asinh(x) - Math.Asinh(x)) < 1e-13 * Math.Max(1e-3, Math.Abs(Math.Asinh(x)))
        && Math.Abs(ReproducibleMath.Asinh((float)x) - Math.Asinh((float)x)) < 1e-6 * Math.Max(1e-3, Math.Abs(Math.Asinh((float)x))));

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity), InlineData(1e300)]
    public void NoInputGivesNaNOrInfinity(double x)
    {
        Assert.True(double.IsFinite(ReproducibleMath.Exp(x)));
        Assert.True(float.IsFinite(ReproducibleMath.Exp((float)x)));
        Assert.True(double.IsFinite(ReproducibleMath.Asinh(x)));
        Assert.True(float.IsFinite(ReproducibleMath.Asinh((float)x)));
    }

    /// <summary>Bits computed by the same text in C99 (gcc -O2 -std=c99 -ffp-contract=off) would equal these; the anchor is exactness at known points.</summary>
    [Fact]
    public void ExactPointsAreExact()
    {
        Assert.Equal(1f, ReproducibleMath.Exp(0f));
        Assert.Equal(0f, ReproducibleMath.Log(1f));
        Assert.Equal(0.0, ReproducibleMath.Asinh(0.0));
    }
}
