namespace AiBms.Telemetry.Readings;

/// <summary>How the sign of a file's current is known.</summary>
enum SignRule
{
    /// <summary>The dialect says: positive while charging. Checked against the voltage.</summary>
    Charge,

    /// <summary>The dialect says: positive while discharging. Checked against the voltage.</summary>
    Discharge,

    /// <summary>The current has no sign; the mode column says which way it flows.</summary>
    ByMode,

    /// <summary>The dialect says nothing; the file's own values must show it, or the user says it.</summary>
    Evidence,
}
