namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>How one cell of many differs from its parameter set.</summary>
/// <param name="CapacityFactor">Electrode area against the set's.</param>
/// <param name="DiffusivityFactor">Solid diffusivities against the set's.</param>
/// <param name="ResistanceOhm">Resistance in series, Ω, the set's own included.</param>
/// <param name="StartSoc">State of charge at the start, 0…1.</param>
public readonly record struct CellSpread(double CapacityFactor, double DiffusivityFactor, double ResistanceOhm, double StartSoc)
{
    /// <summary>Cells with normally distributed capacity, diffusivity and resistance; the same seed gives the same cells.</summary>
    /// <param name="count">How many.</param>
    /// <param name="spreadFraction">Standard deviation of each factor, 0…0.1.</param>
    /// <param name="resistanceOhm">Mean resistance, Ω.</param>
    /// <param name="startSoc">State of charge of all, 0…1.</param>
    /// <param name="seed">Seed.</param>
    public static CellSpread[] Draw(int count, double spreadFraction, double resistanceOhm, double startSoc, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!(spreadFraction is >= 0 and <= 0.1)) throw new ArgumentOutOfRangeException(nameof(spreadFraction), spreadFraction, "a spread is 0 to 0.1");
        var random = new Random(seed);
        double Factor() => 1 + spreadFraction * Math.Clamp(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()), -4, 4);
        return [.. Enumerable.Range(0, count).Select(_ => new CellSpread(Factor(), Factor(), resistanceOhm * Factor(), startSoc))];
    }
}
