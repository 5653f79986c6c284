using AiBms.Numerics;

namespace AiBms.Tests.Numerics;

public class SeededStreamTests
{
    [Fact]
    public void AgreesWithTheReferenceImplementation()
    {
        // Vigna's splitmix64.c with x = 1234567.
        SeededStream stream = new(1234567);
        Assert.Equal(6457827717110365317UL, stream.Next());
        Assert.Equal(3203168211198807973UL, stream.Next());
        Assert.Equal(9817491932198370423UL, stream.Next());
        Assert.Equal(4593380528125082431UL, stream.Next());
    }

    [Fact]
    public void NormalsHaveMeanZeroAndDeviationOne()
    {
        SeededStream stream = new(5);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => stream.NextNormal())];
        double mean = values.Average(), variance = values.Average(value => (value - mean) * (value - mean));
        // Five standard errors: 1/√n = 0.0032 and √(2/n) = 0.0045.
        Assert.Equal(0, mean, 0.016);
        Assert.Equal(1, variance, 0.023);
    }

    [Fact]
    public void NamesGiveStreamsOfTheirOwn()
    {
        Assert.Equal(SeededStream.For(1, "a").Next(), SeededStream.For(1, "a").Next());
        Assert.NotEqual(SeededStream.For(1, "a").Next(), SeededStream.For(1, "b").Next());
        Assert.NotEqual(SeededStream.For(1, "a").Next(), SeededStream.For(2, "a").Next());
    }
}
