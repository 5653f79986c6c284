namespace AiBms.Battery.Simulation;

/// <summary>Normally distributed numbers from a seeded generator: the same seed gives the same numbers.</summary>
/// <remarks>Source: Box and Muller, Ann. Math. Statist. 29 (1958) 610, doi 10.1214/aoms/1177706645. One of the two values is used.</remarks>
public sealed class NormalNoise(int seed)
{
    readonly Random _random = new(seed);

    /// <summary>The next number with mean 0 and standard deviation 1.</summary>
    public double Next() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(Math.Tau * _random.NextDouble());

    /// <summary>The next number, evenly distributed between two ends.</summary>
    /// <param name="low">The lower end, in the unit of the result.</param>
    /// <param name="high">The higher end, in the unit of the result.</param>
    internal double Between(double low, double high) => low + (high - low) * _random.NextDouble();
}
