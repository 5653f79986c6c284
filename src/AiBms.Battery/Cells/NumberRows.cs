using System.Text.RegularExpressions;

namespace AiBms.Battery.Cells;

/// <summary>Lays out JSON that people read too: an array of numbers stands on one line, so that a table is one row a line.</summary>
static partial class NumberRows
{
    /// <summary>Indented JSON with its arrays of numbers on one line each, and a line end.</summary>
    public static string Of(string indentedJson) => NumberArray().Replace(indentedJson, match => "[" + Blanks().Replace(match.Groups[1].Value, " ") + "]") + "\n";

    [GeneratedRegex(@"\[\s+(-?[\d.eE+-]+(?:,\s+-?[\d.eE+-]+)*)\s+\]")]
    private static partial Regex NumberArray();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
