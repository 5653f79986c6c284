namespace AiBms.Numerics;

/// <summary>Gauss–Legendre quadrature: n nodes integrate polynomials up to degree 2n − 1 exactly.</summary>
/// <remarks>Nodes by Newton's iteration on the three-term recurrence (Abramowitz and Stegun 25.4.29).</remarks>
public static class GaussLegendre
{
    /// <summary>Nodes in ascending order and weights on the interval [0, 1].</summary>
    public static (double[] Nodes, double[] Weights) OnUnitInterval(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        double[] nodes = new double[n], weights = new double[n];
        for (int i = 0; i < n; i++)
        {
            double z = Math.Cos(Math.PI * (i + 0.75) / (n + 0.5)), slope = 1;
            for (int iteration = 0; iteration < 100; iteration++)
            {
                double p = 1, previous = 0;
                for (int k = 1; k <= n; k++) (p, previous) = (((2 * k - 1) * z * p - (k - 1) * previous) / k, p);
                slope = n * (z * p - previous) / (z * z - 1);
                double change = p / slope;
                z -= change;
                if (Math.Abs(change) < 1e-15) break;
            }

            nodes[n - 1 - i] = (1 + z) / 2;
            weights[n - 1 - i] = 1 / ((1 - z * z) * slope * slope);
        }

        return (nodes, weights);
    }
}
