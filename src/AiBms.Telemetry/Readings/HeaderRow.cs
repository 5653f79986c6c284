namespace AiBms.Telemetry.Readings;

/// <summary>The names of a file's columns and where they stand.</summary>
/// <param name="Line">Index of the header's line, from 0; −1 for files without lines.</param>
/// <param name="Delimiter">Field separator of that line.</param>
/// <param name="Names">Trimmed and without quotes, in file order.</param>
sealed record HeaderRow(int Line, char Delimiter, string[] Names)
{
    /// <summary>Index of the first line with values.</summary>
    public int FirstDataLine { get; init; } = Line + 1;

    /// <summary>Position of the first of these names that the header has, regardless of case; −1 when it has none.</summary>
    public int IndexOf(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            int index = Array.FindIndex(Names, column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (index >= 0)
                return index;
        }

        return -1;
    }

    /// <summary>Whether the header has this name.</summary>
    public bool Has(string name) => IndexOf(name) >= 0;
}
