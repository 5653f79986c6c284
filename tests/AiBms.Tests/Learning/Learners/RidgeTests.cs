using AiBms.Learning.Learners;

namespace AiBms.Tests.Learning.Learners;

/// <summary>Ridge regression against its closed form.</summary>
public class RidgeTests
{
    [Fact]
    public void WithoutPenaltyALineIsFoundExactly()
    {
        double[][] inputs = [[0, 1], [1, 0], [2, 5], [3, -1]];
        double[] weights = Ridge.Fit(inputs, [.. inputs.Select(x => 3 * x[0] - 2 * x[1] + 7)], [0, 0]);
        Assert.Equal(3, weights[0], 1e-12);
        Assert.Equal(-2, weights[1], 1e-12);
        Assert.Equal(7, weights[2], 1e-12);
    }

    [Fact]
    public void APenaltyShrinksByItsFormula()
    {
        // Centred inputs of variance 1: w = slope / (1 + penalty), intercept untouched.
        double[] weights = Ridge.Fit([[-1], [1]], [1, 9], [0.25]);
        Assert.Equal(4 / 1.25, weights[0], 1e-12);
        Assert.Equal(5, weights[1], 1e-12);
    }
}
