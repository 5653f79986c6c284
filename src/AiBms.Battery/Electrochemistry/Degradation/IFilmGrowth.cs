namespace AiBms.Battery.Electrochemistry.Degradation;

/// <summary>A film that grows on the particles of an electrode and takes lithium with it, as the models see it.</summary>
public interface IFilmGrowth
{
    /// <summary>Thickness of the new cell's film, m.</summary>
    double InitialThicknessM { get; }

    /// <summary>Resistivity of the film, Ω·m.</summary>
    double ResistivityOhmM { get; }

    /// <summary>Thickness grown per charge through an area, m per C/m², written as m³/C.</summary>
    double GrowthM3PerC { get; }

    /// <summary>Current density of the side reaction, A/m², never positive: it consumes electrons and lithium.</summary>
    /// <param name="potentialV">Solid less electrolyte potential at the reaction, without the film's drop, V.</param>
    /// <param name="thicknessM">Thickness of the film, m.</param>
    /// <param name="temperatureK">Temperature, K.</param>
    /// <param name="slopeSPerM2">Its slope in the potential, A/(m²·V).</param>
    /// <param name="slopeAPerM3">Its slope in the thickness, A/m³.</param>
    double CurrentAPerM2(double potentialV, double thicknessM, double temperatureK, out double slopeSPerM2, out double slopeAPerM3);
}
