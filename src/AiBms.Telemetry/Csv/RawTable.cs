using AiBms.Telemetry.Readings;

namespace AiBms.Telemetry.Csv;

/// <summary>The bound columns of a file as they stand in it, before units, signs and checks.</summary>
sealed class RawTable
{
    /// <summary>One for each binding of the layout; null where the binding is a word.</summary>
    public required double[]?[] Numbers { get; init; }

    /// <summary>One for each binding of the layout; null where the binding is a number.</summary>
    public required WordColumn?[] Words { get; init; }

    /// <summary>What reading alone found wrong with each row.</summary>
    public required RowFlags[] Flags { get; init; }

    /// <summary>Where each row stands in the file.</summary>
    public LineMap Lines { get; init; } = new();

    /// <summary>The wall clock from which a timestamp column counts; null when there is none.</summary>
    public DateTime? ClockOrigin { get; init; }

    /// <summary>Lines that held nothing.</summary>
    public int BlankLines { get; init; }

    /// <summary>Lines that began with '#'.</summary>
    public int CommentLines { get; init; }

    /// <summary>True where the file ends in the middle of its last row.</summary>
    public bool IsCut { get; init; }

    /// <summary>Fields in which something stands that is no value.</summary>
    public int UnreadableCount { get; init; }

    /// <summary>The first few rows with such fields.</summary>
    public IReadOnlyList<int> UnreadableRows { get; init; } = [];

    /// <summary>The first such field and its column; empty where there is none.</summary>
    public string FirstUnreadable { get; init; } = "";

    /// <summary>How many rows.</summary>
    public int RowCount => Flags.Length;
}
