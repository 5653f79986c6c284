using AiBms.Numerics;

namespace AiBms.Tests.Numerics;

public class DenseTests
{
    [Fact]
    public void CholeskySolvesAKnownSystem()
    {
        // A = L·Lᵀ with L = [2 0; 1 3]; x = (1, -1) gives b = A·x = (2, -8).
        double[] a = [4, 2, 2, 10], b = [2, -8];
        Assert.True(Dense.Cholesky(a, 2));
        Dense.CholeskySolve(a, 2, b);
        Assert.Equal(1, b[0], 1e-14);
        Assert.Equal(-1, b[1], 1e-14);
    }

    [Fact]
    public void CholeskyRefusesAnIndefiniteMatrix()
    {
        double[] a = [1, 2, 2, 1];
        Assert.False(Dense.Cholesky(a, 2));
    }
}
