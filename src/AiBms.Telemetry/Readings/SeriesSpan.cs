namespace AiBms.Telemetry.Readings;

/// <summary>A run of rows that is a recording of its own inside a file: a test, a cell, a cycle. Its time starts at 0.</summary>
/// <param name="Name">As the file's own columns name it, joined by "/"; empty when the file holds one series.</param>
/// <param name="FirstRow">Index of its first row.</param>
/// <param name="RowCount">How many rows.</param>
public sealed record SeriesSpan(string Name, int FirstRow, int RowCount);
