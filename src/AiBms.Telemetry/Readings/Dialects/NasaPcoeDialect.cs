namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>NASA PCoE ageing cells as one table for each cell: cycle, test_id and our own names. Each test of a cycle is a series.</summary>
sealed class NasaPcoeDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "nasa-pcoe";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("cycle", "test_id", "time_s", "voltage_v", "current_a") is not { } header)
            return null;
        return Layout.From(Name, header, "the header has cycle and test_id beside time_s, voltage_v and current_a")
            .BindSeries(header, "cycle", "test_id")
            .Bind(header, Role.Time, "s", "time_s")
            .Bind(header, Role.Voltage, "V", "voltage_v")
            .Bind(header, Role.Current, "A", "current_a")
            .Bind(header, Role.Temperature, "degC", "temperature_c");
    }
}
