namespace AiBms.Learning.Boards.Packs;

/// <summary>One part of the board: what was done, a table, and the aims.</summary>
public sealed record BoardPart
{
    /// <summary>Short name, as <c>--part</c> takes it.</summary>
    public required string Id { get; init; }

    /// <summary>Heading.</summary>
    public required string Title { get; init; }

    /// <summary>What was done, on what truth.</summary>
    public required string Method { get; init; }

    /// <summary>Heads of the columns.</summary>
    public required IReadOnlyList<string> Header { get; init; }

    /// <summary>Rows as text.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

    /// <summary>Aims.</summary>
    public IReadOnlyList<PackAim> Aims { get; init; } = [];

    /// <summary>When it was made, year-month-day.</summary>
    public string Made { get; init; } = "";

    /// <summary>True where a picture of it lies beside the page.</summary>
    public bool HasPicture { get => field || Lines.Count > 0; init; }

    /// <summary>Lines of the part's picture; empty for none.</summary>
    public IReadOnlyList<BoardLine> Lines { get; init; } = [];

    /// <summary>Names of the picture's axes.</summary>
    public (string Horizontal, string Vertical) Axes { get; init; }
}
