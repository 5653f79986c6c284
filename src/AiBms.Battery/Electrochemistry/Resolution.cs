namespace AiBms.Battery.Electrochemistry;

/// <summary>How finely a physics-based model is resolved in space, and how closely in time.</summary>
/// <param name="ElectrodeCells">Cells through each electrode.</param>
/// <param name="SeparatorCells">Cells through the separator.</param>
/// <param name="ParticleTerms">Terms in a particle.</param>
/// <param name="Tolerance">1e-3 stands for about 1 mV a step.</param>
public sealed record Resolution(int ElectrodeCells, int SeparatorCells, int ParticleTerms, double Tolerance)
{
    /// <summary>For quick looks and large numbers of cells: a few millivolts at 1C.</summary>
    public static Resolution Coarse { get; } = new(6, 3, 8, 1e-3);

    /// <summary>For daily work: well under a millivolt at 1C.</summary>
    public static Resolution Normal { get; } = new(12, 4, 10, 3e-4);

    /// <summary>For references: hundredths of a millivolt.</summary>
    public static Resolution Fine { get; } = new(60, 20, 18, 1e-6);
}
