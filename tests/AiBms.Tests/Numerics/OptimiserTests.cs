using AiBms.Numerics;
using CsCheck;

namespace AiBms.Tests.Numerics;

public class OptimiserTests
{
    /// <summary>Rosenbrock's valley: minimum 0 at (1, 1) (Rosenbrock 1960).</summary>
    [Fact]
    public void NelderMeadFindsTheEndOfRosenbrocksValley()
    {
        var outcome = NelderMead.Minimise(x => 100 * Math.Pow(x[1] - x[0] * x[0], 2) + Math.Pow(1 - x[0], 2), [-1.2, 1], [0.5, 0.5], 2000, 1e-12);
        Assert.Equal(1, outcome.Point[0], 1e-4);
        Assert.Equal(1, outcome.Point[1], 1e-4);
    }

    [Fact]
    public void NelderMeadHoldsAVariableWithoutEdge()
    {
        var outcome = NelderMead.Minimise(x => x[0] * x[0] + x[1] * x[1], [3, 2], [1, 0], 200);
        Assert.Equal(2, outcome.Point[1]);
        Assert.Equal(0, outcome.Point[0], 0.05);
    }

    /// <summary>The Karush–Kuhn–Tucker conditions are necessary and sufficient here, whatever the method.</summary>
    [Fact]
    public void BoundedLeastSquaresMeetsTheOptimalityConditions() =>
        Gen.Select(Gen.Double[-1, 1].Array[36], Gen.Double[-1, 1].Array[6]).Sample((m, b) =>
        {
            const int n = 6;
            var a = new double[n * n];
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                {
                    for (int k = 0; k < n; k++) a[i * n + j] += m[k * n + i] * m[k * n + j];
                    if (i == j) a[i * n + j] += 0.1;
                }

            double[] lower = [0, 0, 0, double.NegativeInfinity, -0.1, 0];
            double[] x = BoundedLeastSquares.Solve(a, b, lower)!;
            for (int i = 0; i < n; i++)
            {
                double gradient = -b[i];
                for (int j = 0; j < n; j++) gradient += a[i * n + j] * x[j];
                bool atBound = x[i] <= lower[i] + 1e-9;
                if (x[i] < lower[i] - 1e-12 || gradient < -1e-8 || (!atBound && Math.Abs(gradient) > 1e-8)) return false;
            }

            return true;
        });
}
