namespace AiBms.Telemetry.Can.Dbc;

/// <summary>How a signal's bits are read.</summary>
public enum DbcForm : byte
{
    /// <summary>A whole number without sign.</summary>
    Unsigned,

    /// <summary>A whole number in two's complement.</summary>
    Signed,

    /// <summary>IEEE 754, 32 bits.</summary>
    Single,

    /// <summary>IEEE 754, 64 bits.</summary>
    Double,
}
