namespace AiBms.Telemetry.Readings;

/// <summary>A recorded time series of one cell or pack, in our units and signs, one entry for each row of the file.</summary>
/// <remarks>
/// Current is positive while charging. A value that is missing is NaN. Rows that cannot be used stay in place with a flag
/// in <see cref="Flags"/>, so that what is written for a recording has one row for each row read.
/// </remarks>
public sealed class Recording
{
    /// <summary>File name without folders.</summary>
    public required string Name { get; init; }

    /// <summary>Seconds since the first row of its series, one for each row.</summary>
    public required double[] TimeS { get; init; }

    /// <summary>Current, A, positive while charging, one for each row.</summary>
    public required double[] CurrentA { get; init; }

    /// <summary>Terminal voltage of the cell or pack, V, one for each row.</summary>
    public required double[] VoltageV { get; init; }

    /// <summary>Case temperature, °C, one for each row; all NaN when the file has none.</summary>
    public required double[] TemperatureDegC { get; init; }

    /// <summary>Temperature of the surroundings, °C, one for each row; null when the file has none.</summary>
    public double[]? AmbientDegC { get; init; }

    /// <summary>Net charge since the first row of its series by the recorder's own counter, Ah, positive while charging; null when the file has none.</summary>
    public double[]? ChargeAh { get; init; }

    /// <summary>State of charge as the file states it, 0…1, one for each row; null when the file has none.</summary>
    public double[]? ReferenceSoc { get; init; }

    /// <summary>What is wrong with each row; <see cref="RowFlags.None"/> for a usable one.</summary>
    public required RowFlags[] Flags { get; init; }

    /// <summary>Further columns: cell voltages <c>V_1…</c>, probes <c>T_1…</c>, power and the like.</summary>
    public IReadOnlyList<ExtraColumn> Extras { get; init; } = [];

    /// <summary>The series inside the file, in file order; one entry that covers all rows when the file holds one.</summary>
    public IReadOnlyList<SeriesSpan> Series { get; init; } = [];

    /// <summary>What was found in the file, and why it was read as it was.</summary>
    public Findings Findings { get; init; } = Findings.Nothing;

    /// <summary>How many rows.</summary>
    public int RowCount => TimeS.Length;
}
