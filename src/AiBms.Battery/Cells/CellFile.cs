using System.Text.Json;

namespace AiBms.Battery.Cells;

/// <summary>Reads and writes a cell as JSON.</summary>
public static class CellFile
{
    /// <summary>Reads a cell.</summary>
    /// <exception cref="CellException">The text is not a usable cell; the message says why in one sentence.</exception>
    public static CellType Parse(ReadOnlySpan<byte> json, string name)
    {
        CellType? cell;
        try
        {
            cell = JsonSerializer.Deserialize(json, CellJson.Default.CellType);
        }
        catch (JsonException problem)
        {
            throw new CellException($"{name} is not a cell file: {JsonFault.Text(problem)}", problem);
        }

        if (cell is null) throw new CellException($"{name} is empty.");
        if (!(cell.CapacityAh > 0)) throw new CellException($"{name}: capacityAh must be positive.");
        if ((JsonFault.Hole(("aliases", cell.Aliases), ("notIdentified", cell.NotIdentified), ("fit", cell.Fit)) ?? cell.Circuit?.Fault() ?? cell.CapacityError?.Fault() ?? cell.VoltageError?.Fault()) is { } fault) throw new CellException($"{name}: {fault}");
        return cell;
    }

    /// <summary>Writes a cell as indented JSON, tables one row a line.</summary>
    public static string Format(CellType cell) => NumberRows.Of(JsonSerializer.Serialize(cell, CellJson.Default.CellType));
}
