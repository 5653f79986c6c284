namespace AiBms.Telemetry.Can.Dbc;

/// <summary>How a signal's bits are read.</summary>
public enum DbcForm : byte
{
    /// <summary>A whole number without sign.</summary>
    Count,

    /// <summary>A whole number in two's complement.</summary>
    TwosComplement,

    /// <summary>IEEE 754, 32 bits.</summary>
    Real32,

    /// <summary>IEEE 754, 64 bits.</summary>
    Real64,
}
