namespace AiBms.Telemetry.Readings;

/// <summary>How a field is written.</summary>
enum FieldForm
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>Elapsed time as [days] hours:minutes:seconds; read as seconds.</summary>
    Clock,

    /// <summary>A date with time of day; read as seconds since the year 1.</summary>
    Timestamp,

    /// <summary>A word.</summary>
    Text,
}
