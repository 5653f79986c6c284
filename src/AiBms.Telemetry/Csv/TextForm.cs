namespace AiBms.Telemetry.Csv;

/// <summary>How the values of a text file are written.</summary>
/// <param name="DecimalMark">'.' or ','.</param>
/// <param name="DayFirst">Whether 3/4 is the 3rd of April.</param>
/// <param name="LineEndsWithReturn">Whether lines end with a return alone, as on old Macintosh files.</param>
sealed record TextForm(char DecimalMark, bool DayFirst, bool LineEndsWithReturn);
