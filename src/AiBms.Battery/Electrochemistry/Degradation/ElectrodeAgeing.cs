namespace AiBms.Battery.Electrochemistry.Degradation;

/// <summary>What ages in one electrode; what is null or false does not.</summary>
public sealed record ElectrodeAgeing
{
    /// <summary>A film on the particles, such as the solid-electrolyte interphase.</summary>
    public IFilmGrowth? Film { get; init; }

    /// <summary>Lithium plating.</summary>
    public PlatingParameters? Plating { get; init; }

    /// <summary>Stress, cracks and loss of active material.</summary>
    public MechanicsParameters? Mechanics { get; init; }

    /// <summary>Whether film, plated and dead lithium fill the pores.</summary>
    public bool FillsPores { get; init; }
}
