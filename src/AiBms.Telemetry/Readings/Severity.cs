namespace AiBms.Telemetry.Readings;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Good to know.</summary>
    Note,

    /// <summary>The rows can be used, but not everything in them is what it seems.</summary>
    Warning,

    /// <summary>Some rows, or a whole column, cannot be used.</summary>
    Problem,
}
