namespace AiBms.Battery;

/// <summary>The one place where units are converted. Inside the software: A, V, °C, Ah, s, Ω, Wh, W and fractions 0…1.</summary>
public static class Units
{
    /// <summary>Seconds in an hour, exact.</summary>
    public const double SecondsPerHour = 3600;

    /// <summary>0 °C in kelvin, exact (SI).</summary>
    public const double ZeroCelsiusK = 273.15;

    /// <summary>Degrees Celsius to kelvin.</summary>
    public static double ToKelvin(double temperatureDegC) => temperatureDegC + ZeroCelsiusK;

    /// <summary>Ampere-seconds to ampere-hours.</summary>
    public static double ToAmpereHours(double chargeAs) => chargeAs / SecondsPerHour;
}
