namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>LG M50 pulse tests: ambient, soc_set, cell, prog_time_s, step and our own names. Each cell at each level is a series.</summary>
sealed class LgM50PulseDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "lg-m50-pulse";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("ambient", "soc_set", "cell", "prog_time_s", "current_a", "voltage_v") is not { } header)
            return null;
        return Layout.From(Name, header, "the header has ambient, soc_set, cell and prog_time_s")
            .BindSeries(header, "ambient", "soc_set", "cell")
            .Bind(header, Role.Time, "s", "prog_time_s")
            .Bind(header, Role.Voltage, "V", "voltage_v")
            .Bind(header, Role.Current, "A", "current_a")
            .Bind(header, Role.Charge, "Ah", "ah")
            .Bind(header, Role.Temperature, "degC", "temp_c");
    }
}
