namespace AiBms.Battery.Electrochemistry.Degradation;

/// <summary>What has become of one electrode. Lithium as charge, in Ah of the whole cell.</summary>
/// <param name="ActiveFraction">Active material left, 1 when new.</param>
/// <param name="FilmThicknessM">Mean thickness of the film, m.</param>
/// <param name="FilmAh">Lithium that the films have taken since the cell was new.</param>
/// <param name="PlatedAh">Lithium plated and still able to return.</param>
/// <param name="DeadAh">Dead lithium metal.</param>
/// <param name="LostWithMaterialAh">Lithium shut into lost active material.</param>
public sealed record ElectrodeHealth(double ActiveFraction, double FilmThicknessM, double FilmAh, double PlatedAh, double DeadAh, double LostWithMaterialAh)
{
    /// <summary>An electrode in which nothing ages.</summary>
    public static ElectrodeHealth New { get; } = new(1, 0, 0, 0, 0, 0);

    /// <summary>Lithium in side reactions: films, plated and dead metal, Ah.</summary>
    public double SideReactionsAh => FilmAh + PlatedAh + DeadAh;
}
