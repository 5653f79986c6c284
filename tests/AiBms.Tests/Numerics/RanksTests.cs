using AiBms.Numerics;

namespace AiBms.Tests.Numerics;

public class RanksTests
{
    [Theory]
    // sorted(range(101))[int(q * 100)], as the independent scorer does it
    [InlineData(0.99, 99)]
    [InlineData(0.5, 50)]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    public void APercentileIsAValueThatOccurred(double fraction, double expected) =>
        Assert.Equal(expected, Ranks.At([.. Enumerable.Range(0, 101).Select(k => (double)k)], fraction));

    [Fact]
    public void NoValuesHaveNoPercentile() => Assert.True(double.IsNaN(Ranks.At([], 0.5)));
}
