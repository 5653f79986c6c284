namespace AiBms.Battery.Cells;

/// <summary>One resistor–capacitor pair of a circuit, tabulated over temperature and state of charge.</summary>
public sealed record RcPair
{
    /// <summary>Time constant, s, one for each temperature node, positive.</summary>
    public required double[] TimeConstantS { get; init; }

    /// <summary>Resistance, Ω, [temperature][soc], not negative.</summary>
    public required double[][] ResistanceOhm { get; init; }

    /// <summary>
    /// Current at which the pair's resistance begins to fall (charge transfer), A, one for each temperature node: the pair settles at
    /// R·i₀·asinh(i/i₀). Null for a linear pair. Source: Butler–Volmer with equal coefficients, e.g. Plett, "Battery Management
    /// Systems, Volume I", chapter 3.
    /// </summary>
    public double[]? KneeCurrentA { get; init; }
}
