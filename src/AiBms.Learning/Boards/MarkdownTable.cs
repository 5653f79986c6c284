using System.Text;

namespace AiBms.Learning.Boards;

/// <summary>A Markdown table: first column to the left, the others to the right.</summary>
sealed class MarkdownTable(params string[] header)
{
    readonly List<string[]> _rows = [];

    /// <summary>Adds a row with one text for each column.</summary>
    public void Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, header.Length);
        _rows.Add(cells);
    }

    /// <summary>Writes the table and an empty line; nothing at all without rows.</summary>
    public void Write(StringBuilder page)
    {
        if (_rows.Count == 0) return;
        Line(page, header);
        Line(page, [.. header.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (string[] row in _rows) Line(page, row);
        page.Append('\n');
    }

    static void Line(StringBuilder page, string[] cells) => page.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
