using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiBms.Battery.Cells;

/// <summary>Reads and writes a cell as JSON.</summary>
public static partial class CellFile
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
            throw new CellException($"{name} is not a cell file: {problem.Message}", problem);
        }

        if (cell is null) throw new CellException($"{name} is empty.");
        if (!(cell.CapacityAh > 0)) throw new CellException($"{name}: capacityAh must be positive.");
        if ((cell.Circuit?.Fault() ?? cell.CapacityError?.Fault()) is { } fault) throw new CellException($"{name}: {fault}");
        return cell;
    }

    /// <summary>Writes a cell as indented JSON, tables one row a line.</summary>
    public static string Format(CellType cell)
    {
        string text = JsonSerializer.Serialize(cell, CellJson.Default.CellType);

        // Arrays of numbers on one line each: a table is read by people too.
        return NumberArray().Replace(text, match => "[" + Blanks().Replace(match.Groups[1].Value, " ") + "]") + "\n";
    }

    [GeneratedRegex(@"\[\s+(-?[\d.eE+-]+(?:,\s+-?[\d.eE+-]+)*)\s+\]")]
    private static partial Regex NumberArray();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
