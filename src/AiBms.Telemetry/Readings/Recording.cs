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

    /// <summary>Seconds since the first row, one for each row.</summary>
    public required double[] TimeS { get; init; }

    /// <summary>Current, A, positive while charging, one for each row.</summary>
    public required double[] CurrentA { get; init; }

    /// <summary>Terminal voltage of the cell or pack, V, one for each row.</summary>
    public required double[] VoltageV { get; init; }

    /// <summary>Case temperature, °C, one for each row; all NaN when the file has none.</summary>
    public required double[] TemperatureDegC { get; init; }

    /// <summary>Net charge since the first row by the recorder's own counter, Ah, positive while charging; null when the file has none.</summary>
    public double[]? ChargeAh { get; init; }

    /// <summary>What is wrong with each row; <see cref="RowFlags.None"/> for a usable one.</summary>
    public required RowFlags[] Flags { get; init; }

    /// <summary>How many rows.</summary>
    public int RowCount => TimeS.Length;
}
