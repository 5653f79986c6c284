namespace AiBms.Telemetry.Readings;

/// <summary>Why a row of a recording cannot be used, or only in part.</summary>
[Flags]
public enum RowFlags : byte
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>A required value is missing or not a number.</summary>
    MissingValue = 1,

    /// <summary>Voltage, current or temperature is physically impossible.</summary>
    ImpossibleValue = 2,

    /// <summary>The time repeats the row before.</summary>
    DuplicateTime = 4,

    /// <summary>The time runs backwards.</summary>
    TimeBackwards = 8,

    /// <summary>The line has the wrong number of fields or cannot be read.</summary>
    Malformed = 16,

    /// <summary>The first row of a further series inside the file: time starts again at 0, and nothing carries over. The row is usable.</summary>
    SeriesStart = 32,
}
