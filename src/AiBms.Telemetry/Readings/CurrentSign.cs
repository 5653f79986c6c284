namespace AiBms.Telemetry.Readings;

/// <summary>What a positive current means in a file.</summary>
public enum CurrentSign
{
    /// <summary>Positive while charging, as everywhere inside.</summary>
    Charge,

    /// <summary>Positive while discharging; turned round at the door.</summary>
    Discharge,
}
