namespace AiBms.Telemetry.Readings;

/// <summary>What the user says about a file that the file itself cannot say. Null means: let the file decide.</summary>
public sealed record RecordingOptions
{
    /// <summary>What a positive current means.</summary>
    public CurrentSign? CurrentSign { get; init; }

    /// <summary>The one series to open, by the name that <c>import</c> prints; null opens all rows.</summary>
    public string? Series { get; init; }

    /// <summary>What a full battery reads in the file's own SOC column: 1 or 100.</summary>
    public double? SocScale { get; init; }

    /// <summary>Seconds from row to row, for files without a time column.</summary>
    public double? SamplePeriodS { get; init; }

    /// <summary>Whether 03/04/2021 is the 3rd of April.</summary>
    public bool? DayFirst { get; init; }

    /// <summary>Ampere for one unit of the current column: 0.001 for mA.</summary>
    public double? CurrentUnitA { get; init; }

    /// <summary>Volt for one unit of the voltage column: 0.001 for mV.</summary>
    public double? VoltageUnitV { get; init; }

    /// <summary>Second for one unit of the time column: 60 for minutes.</summary>
    public double? TimeUnitS { get; init; }

    /// <summary>Cells in series behind the voltage column, for the check of impossible voltages; null lets the voltages decide.</summary>
    public int? CellCount { get; init; }

    /// <summary>Throws when a value makes no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A period or unit is not a positive number, or the SOC scale is neither 1 nor 100.</exception>
    public void Validate()
    {
        Positive(SamplePeriodS, nameof(SamplePeriodS));
        Positive(CurrentUnitA, nameof(CurrentUnitA));
        Positive(VoltageUnitV, nameof(VoltageUnitV));
        Positive(TimeUnitS, nameof(TimeUnitS));
        Positive(CellCount, nameof(CellCount));
        if (SocScale is not (null or 1 or 100))
            throw new ArgumentOutOfRangeException(nameof(SocScale), SocScale, "The SOC of a full battery is 1 or 100.");
    }

    static void Positive(double? value, string name)
    {
        if (value is { } v && !(v > 0 && double.IsFinite(v)))
            throw new ArgumentOutOfRangeException(name, value, "A positive number is needed.");
    }
}
