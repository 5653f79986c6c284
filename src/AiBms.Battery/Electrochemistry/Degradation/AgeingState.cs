namespace AiBms.Battery.Electrochemistry.Degradation;

/// <summary>Where each ageing unknown of one place in an electrode stands in its stretch of the state.</summary>
static class AgeingState
{
    /// <summary>Thickness of the film, m.</summary>
    public const int Film = 0;

    /// <summary>Thickness of the film in the cracks, m.</summary>
    public const int CrackFilm = 1;

    /// <summary>Crack length, m.</summary>
    public const int CrackLength = 2;

    /// <summary>Active material left, 1 when new.</summary>
    public const int Active = 3;

    /// <summary>Plated lithium, mol a m³ of electrode.</summary>
    public const int Plated = 4;

    /// <summary>Dead lithium, mol a m³ of electrode.</summary>
    public const int Dead = 5;

    /// <summary>Lithium in the films since the cell was new, mol a m³ of electrode.</summary>
    public const int FilmLithium = 6;

    /// <summary>Lithium shut into lost material, mol a m³ of electrode; changes only when the geometry is renewed.</summary>
    public const int LostLithium = 7;

    /// <summary>Active material that the geometry in use has; changes only when it is renewed.</summary>
    public const int ActiveInUse = 8;

    /// <summary>Share of the electrode's volume filled with solid that the pores in use have; changes only when they are renewed.</summary>
    public const int FilledInUse = 9;

    /// <summary>Unknowns a place.</summary>
    public const int Count = 10;
}
