using AiBms.Battery.Electrochemistry.Particles;

namespace AiBms.Tests.Battery.Electrochemistry;

public class SphereModesTests
{
    [Fact]
    public void TheEigenvaluesAreTheRootsOfTanEqualsItself()
    {
        // Carslaw and Jaeger, "Conduction of Heat in Solids", 2nd ed., section 9.4: tan µ = µ, λ = µ².
        double[] roots = [4.493409457909064, 7.725251836937707, 10.904121659428899];
        var modes = new SphereModes(14);
        for (int k = 0; k < roots.Length; k++) Assert.Equal(roots[k] * roots[k], modes.Eigenvalues[k + 1], 1e-9);
        Assert.Equal(0, modes.Eigenvalues[0]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void ASteadyFluxRaisesTheSurfaceByAFifth(int count)
    {
        // c(R) − mean = −N·R/(5D) once the profile is parabolic, for any number of modes.
        var modes = new SphereModes(count);
        double rise = 0;
        for (int k = 1; k < count; k++) rise += 3 * modes.SurfaceValues[k] * modes.SurfaceValues[k] / modes.Eigenvalues[k];
        Assert.Equal(0.2, rise, 1e-12);
    }

    [Fact]
    public void AStepOfFluxFollowsTheSeries()
    {
        // Crank, "The Mathematics of Diffusion", 2nd ed., eq. 6.45 at r = R, in units of N·R/D: 3τ + 1/5 − 2 Σ exp(−µ²τ)/µ².
        var modes = new SphereModes(12);
        foreach (double time in (double[])[0.002, 0.01, 0.1, 1])
        {
            double numeric = 3 * time, exact = 3 * time + 0.2;
            for (int k = 1; k < modes.Count; k++)
                numeric += 3 * modes.SurfaceValues[k] * modes.SurfaceValues[k] * (1 - Math.Exp(-modes.Eigenvalues[k] * time)) / modes.Eigenvalues[k];
            for (int n = 1; n <= 2000; n++)
            {
                double root = Root(n);
                exact -= 2 * Math.Exp(-root * root * time) / (root * root);
            }

            Assert.Equal(exact, numeric, 2e-6);
        }
    }

    [Fact]
    public void TheModesAreOrthonormalInTheSphere()
    {
        var modes = new SphereModes(6);
        (double[] nodes, double[] weights) = AiBms.Numerics.GaussLegendre.OnUnitInterval(14);
        double[] values = new double[6];
        double[,] gram = new double[6, 6];
        for (int q = 0; q < nodes.Length; q++)
        {
            modes.At(nodes[q], values);
            for (int i = 0; i < 6; i++)
                for (int j = 0; j < 6; j++) gram[i, j] += 3 * nodes[q] * nodes[q] * weights[q] * values[i] * values[j];
        }

        for (int i = 0; i < 6; i++)
            for (int j = 0; j < 6; j++) Assert.Equal(i == j ? 1 : 0, gram[i, j], 1e-12);
    }

    static double Root(int n)
    {
        double x = (n + 0.5) * Math.PI;
        for (int i = 0; i < 20; i++)
        {
            // Newton on sin x − x·cos x, which has no poles.
            x -= (Math.Sin(x) - x * Math.Cos(x)) / (x * Math.Sin(x));
        }

        return x;
    }
}
