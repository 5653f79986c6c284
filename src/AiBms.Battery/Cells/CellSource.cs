namespace AiBms.Battery.Cells;

/// <summary>Where a cell's numbers come from.</summary>
/// <param name="Data">The measurements, with DOI where there is one.</param>
/// <param name="Licence">Licence of the measurements.</param>
/// <param name="Command">The command that made the numbers from the data.</param>
public sealed record CellSource(string Data, string Licence, string Command);
