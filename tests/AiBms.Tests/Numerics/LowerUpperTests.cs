using AiBms.Numerics;
using CsCheck;

namespace AiBms.Tests.Numerics;

public class LowerUpperTests
{
    [Fact]
    public void SolvesWhatItFactorised() => Gen.Double[-1, 1].Array[6 * 7].Sample(values =>
    {
        const int n = 6;
        double[] a = values[..36], x = values[36..], b = new double[n];
        for (int i = 0; i < n; i++) a[i * n + i] += Math.CopySign(4, a[i * n + i]);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) b[i] += a[i * n + j] * x[j];
        int[] pivot = new int[n];
        Assert.True(LowerUpper.Factorise(a, pivot, n));
        LowerUpper.Solve(a, pivot, n, b);
        for (int i = 0; i < n; i++) Assert.Equal(x[i], b[i], 1e-12);
    });

    [Fact]
    public void PivotsWhereTheCornerIsZero()
    {
        double[] a = [0, 2, 3, 1], b = [4, 5];
        int[] pivot = new int[2];
        Assert.True(LowerUpper.Factorise(a, pivot, 2));
        LowerUpper.Solve(a, pivot, 2, b);
        Assert.Equal([1.0, 2.0], b);
    }

    [Fact]
    public void ASingularMatrixIsRefused() => Assert.False(LowerUpper.Factorise([1, 2, 2, 4], new int[2], 2));
}
