namespace AiBms.Telemetry.Readings;

/// <summary>What the door saw in a file and what it decided, each with its evidence.</summary>
public sealed record Findings
{
    /// <summary>The findings of a recording that came from no file.</summary>
    public static Findings Nothing { get; } = new();

    /// <summary>Name of the dialect, as in the catalogue.</summary>
    public string Dialect { get; init; } = "";

    /// <summary>text, parquet or mat; with "gzip" before it when it was compressed.</summary>
    public string Container { get; init; } = "";

    /// <summary>SHA-256 of the file as it lies on disk, lower-case hexadecimal.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Size of the file on disk, bytes.</summary>
    public long FileBytes { get; init; }

    /// <summary>Size after decompression, bytes.</summary>
    public long TextBytes { get; init; }

    /// <summary>Field separator of a text file; null for others.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether numbers carry a decimal comma.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Why the dialect was chosen: one sentence each.</summary>
    public IReadOnlyList<string> DialectEvidence { get; init; } = [];

    /// <summary>Which column became what, with its unit.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What a positive current means in the file.</summary>
    public CurrentSign CurrentSign { get; init; }

    /// <summary>Why: one sentence each.</summary>
    public IReadOnlyList<string> SignEvidence { get; init; } = [];

    /// <summary>Median step from row to row, s; NaN with fewer than two usable rows.</summary>
    public double SamplePeriodS { get; init; } = double.NaN;

    /// <summary>From the first to the last row, the series added up, s.</summary>
    public double DurationS { get; init; }

    /// <summary>Wall clock of the first row where the file states one, as written by the recorder (no time zone).</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>Everything else, worst first.</summary>
    public IReadOnlyList<FileFinding> Items { get; init; } = [];

    /// <summary>Whether anything found makes rows or columns unusable.</summary>
    public bool HasProblems => Items.Any(item => item.Severity == Severity.Problem);
}
