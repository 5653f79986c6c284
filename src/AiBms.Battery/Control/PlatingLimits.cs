namespace AiBms.Battery.Control;

/// <summary>What current cells take without lithium plating, by temperature, SOC, duration and what went before.</summary>
/// <remarks>
/// The shape (less when cold, less when full, more for a short time) is that of every published map; the numbers are careful estimates for
/// graphite cells and are to be replaced by those of the cell's maker or by a model of the anode's potential.
/// </remarks>
public sealed record PlatingLimits
{
    /// <summary>Temperatures of the table, °C, rising.</summary>
    public IReadOnlyList<double> TemperatureDegC { get; init; } = [-10, 0, 10, 25, 45];

    /// <summary>Lasting current at each, as a share of the rated charge current.</summary>
    public IReadOnlyList<double> CurrentFraction { get; init; } = [0, 0.06, 0.35, 1, 1];

    /// <summary>States of charge of the table, rising.</summary>
    public IReadOnlyList<double> AtSoc { get; init; } = [0, 0.6, 0.8, 1];

    /// <summary>What is left of the current at each, 0…1.</summary>
    public IReadOnlyList<double> SocFraction { get; init; } = [1, 1, 0.75, 0.35];

    /// <summary>How much more than the lasting current a rested cell takes for a short time.</summary>
    public double PulseFactor { get; init; } = 2;

    /// <summary>How long it takes that much, s.</summary>
    public double PulseS { get; init; } = 10;

    /// <summary>How long it must rest after a full pulse, s.</summary>
    public double RecoverS { get; init; } = 60;

    internal void Validate()
    {
        Table(TemperatureDegC, CurrentFraction);
        Table(AtSoc, SocFraction);
        if (PulseFactor < 1 || !(PulseS > 0) || !(RecoverS > 0)) throw new ArgumentException("a plating pulse needs a factor ≥ 1 and times > 0");
    }

    internal static double At(IReadOnlyList<double> x, IReadOnlyList<double> y, double place)
    {
        if (!(place > x[0])) return y[0];
        for (int k = 1; k < x.Count; k++)
            if (place < x[k]) return y[k - 1] + (y[k] - y[k - 1]) * (place - x[k - 1]) / (x[k] - x[k - 1]);
        return y[^1];
    }

    static void Table(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        if (x.Count < 2 || x.Count != y.Count) throw new ArgumentException("a plating table needs two or more places and as many values");
        for (int k = 1; k < x.Count; k++)
            if (!(x[k] > x[k - 1])) throw new ArgumentException("the places of a plating table must rise");
        foreach (double value in y)
            if (!(value >= 0)) throw new ArgumentException("the values of a plating table must not be negative");
    }
}
