using AiBms.Numerics;

namespace AiBms.Tests.Numerics;

public class BoundedLevenbergMarquardtTests
{
    /// <summary>Rosenbrock's valley as a sum of squares: least at (1, 1), where both residuals vanish.</summary>
    static bool Valley(ReadOnlySpan<double> x, double[] residuals, double[][]? slopes)
    {
        (residuals[0], residuals[1]) = (10 * (x[1] - x[0] * x[0]), 1 - x[0]);
        if (slopes is null) return true;
        (slopes[0][0], slopes[1][0], slopes[0][1], slopes[1][1]) = (-20 * x[0], 10, -1, 0);
        return true;
    }

    [Fact]
    public void TheValleyLeadsToItsEnd()
    {
        var outcome = BoundedLevenbergMarquardt.Minimise(Valley, 2, [-1.2, 1], [-5, -5], [5, 5], 100, 1e-14);
        Assert.Equal(1, outcome.Point[0], 1e-6);
        Assert.Equal(1, outcome.Point[1], 1e-6);
    }

    /// <summary>With x ≤ ½ the least along the bound is y = x² = ¼, cost ½·(½)².</summary>
    [Fact]
    public void ABoundHolds()
    {
        var outcome = BoundedLevenbergMarquardt.Minimise(Valley, 2, [-1.2, 1], [-5, -5], [0.5, 5], 100, 1e-14);
        Assert.Equal(0.5, outcome.Point[0]);
        Assert.Equal(0.25, outcome.Point[1], 1e-6);
        Assert.Equal(0.125, outcome.Cost, 1e-9);
    }

    [Fact]
    public void AVariableThatNothingDependsOnStays()
    {
        static bool Blind(ReadOnlySpan<double> x, double[] residuals, double[][]? slopes)
        {
            residuals[0] = x[0] - 3;
            if (slopes is not null) (slopes[0][0], slopes[1][0]) = (1, 0);
            return true;
        }

        var outcome = BoundedLevenbergMarquardt.Minimise(Blind, 1, [0.0, 7], [-10, -10], [10, 10], 50, 1e-12);
        Assert.Equal(3, outcome.Point[0], 1e-6);
        Assert.Equal(7, outcome.Point[1], 1e-12);
    }
}
