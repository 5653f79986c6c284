namespace AiBms.Telemetry.Readings;

/// <summary>What a column of a file means to a recording.</summary>
enum Role
{
    /// <summary>Elapsed time, or a wall clock.</summary>
    Time,

    /// <summary>Terminal voltage.</summary>
    Voltage,

    /// <summary>Current in the file's own sign.</summary>
    Current,

    /// <summary>Case temperature.</summary>
    Temperature,

    /// <summary>Temperature of the surroundings.</summary>
    Ambient,

    /// <summary>Net charge by the recorder's counter, in the sign of the current.</summary>
    Charge,

    /// <summary>Charge put in, never falling except where the counter is reset.</summary>
    ChargeIn,

    /// <summary>Charge taken out, never falling except where the counter is reset.</summary>
    ChargeOut,

    /// <summary>The file's own state of charge.</summary>
    Soc,

    /// <summary>A word or letter for what the recorder is doing: charge, discharge, rest.</summary>
    Mode,

    /// <summary>Part of the name of the series that a row belongs to.</summary>
    Series,

    /// <summary>A further number, kept as it is.</summary>
    Extra,
}
