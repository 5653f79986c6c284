using AiBms.Numerics;

namespace AiBms.Tests.Numerics;

public class EigenTests
{
    [Fact]
    public void TheSecondDifferenceHasItsTextbookEigenvalues()
    {
        const int n = 9;
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            a[i * n + i] = 2;
            if (i > 0) a[i * n + i - 1] = a[(i - 1) * n + i] = -1;
        }

        (double[] values, double[] vectors) = SymmetricEigen.Decompose(a, n);
        for (int k = 0; k < n; k++)
        {
            Assert.Equal(2 - 2 * Math.Cos((k + 1) * Math.PI / (n + 1)), values[k], 1e-13);
            for (int i = 0; i < n; i++)
            {
                double image = 0;
                for (int j = 0; j < n; j++) image += a[i * n + j] * vectors[j * n + k];
                Assert.Equal(values[k] * vectors[i * n + k], image, 1e-13);
            }
        }
    }

    [Fact]
    public void GaussPointsIntegratePolynomialsUpToTwiceTheirNumberExactly()
    {
        (double[] nodes, double[] weights) = GaussLegendre.OnUnitInterval(5);
        for (int power = 0; power <= 9; power++)
            Assert.Equal(1.0 / (power + 1), nodes.Zip(weights, (x, w) => w * Math.Pow(x, power)).Sum(), 1e-14);
    }
}
