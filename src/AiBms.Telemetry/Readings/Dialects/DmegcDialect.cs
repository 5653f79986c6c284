namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>DMEGC electro-thermal tests: test, run, time_s, current_a, voltage_v, temperature_c and a counter in A·s. Each run of a test is a series.</summary>
sealed class DmegcDialect : IDialect
{
    const double AmpereSecondsPerAmpereHour = 3600;

    /// <inheritdoc/>
    public string Name => "dmegc";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("test", "run", "time_s", "current_a", "voltage_v", "q_as") is not { } header)
            return null;
        var layout = Layout.From(Name, header, "the header has test, run and the charge q_as in ampere seconds")
            .BindSeries(header, "test", "run")
            .Bind(header, Role.Time, "s", "time_s")
            .Bind(header, Role.Voltage, "V", "voltage_v")
            .Bind(header, Role.Current, "A", "current_a")
            .Bind(header, Role.Temperature, "degC", "temperature_c");
        layout.Columns.Add(new(Role.Charge, header.IndexOf("q_as"), "q_as", "", "Ah", 1 / AmpereSecondsPerAmpereHour));
        return layout;
    }
}
