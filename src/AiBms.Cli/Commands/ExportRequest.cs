using AiBms.Battery.Cells;

namespace AiBms.Cli.Commands;

/// <summary>What to export and where to.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Folder">An existing folder.</param>
sealed record ExportRequest(CellType Cell, string Folder);
