namespace AiBms.Numerics;

/// <summary>Random numbers that are the same on every machine and in every version: SplitMix64.</summary>
/// <remarks>Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, doi 10.1145/2660193.2660195.</remarks>
public sealed class SeededStream(ulong seed)
{
    ulong _state = seed;

    /// <summary>A stream of its own for each name, so that the order in which things run does not matter.</summary>
    public static SeededStream For(ulong seed, string name)
    {
        ulong hash = 14695981039346656037 ^ seed; // FNV-1a
        foreach (char letter in name) hash = (hash ^ letter) * 1099511628211;
        return new(hash);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextFraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform among 0 … <paramref name="count"/> − 1.</summary>
    public int NextBelow(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)(NextFraction() * count);
    }

    /// <summary>Standard normal, by Box and Muller (1958).</summary>
    public double NextNormal() =>
        Math.Sqrt(-2 * Math.Log(1 - NextFraction())) * Math.Cos(2 * Math.PI * NextFraction());
}
