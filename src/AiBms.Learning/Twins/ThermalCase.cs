namespace AiBms.Learning.Twins;

/// <summary>One recording that no part of the cell's file was made from, and how near the twin's case temperature came.</summary>
/// <param name="Cell">Id of the cell.</param>
/// <param name="Recording">Its name.</param>
/// <param name="CRate">Largest current over the nominal capacity.</param>
/// <param name="RiseK">Largest measured rise over the start, K.</param>
/// <param name="CaseRmseK">Root mean square over time of twin minus measured, K.</param>
/// <param name="CaseMaxK">Largest magnitude of that, K.</param>
/// <param name="StillRmseK">The same for a temperature that stays as at the start: the baseline, K.</param>
/// <param name="VoltageRmseV">Root mean square of the voltage, V.</param>
public sealed record ThermalCase(string Cell, string Recording, double CRate, double RiseK, double CaseRmseK, double CaseMaxK, double StillRmseK, double VoltageRmseV)
{
    /// <summary>The bound for this rate, K: 1 up to 2C, 2 up to 4C.</summary>
    public double AimK => CRate <= 2.1 ? 1 : 2;

    /// <summary>Whether it is kept.</summary>
    public bool Hit => CaseRmseK <= AimK;

    /// <summary>Time, s; measured and simulated case temperature, °C; for the picture.</summary>
    internal ThermalTrace? Trace { get; init; }
}
