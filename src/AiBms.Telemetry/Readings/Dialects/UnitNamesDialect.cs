namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>Any table whose columns name time, voltage and current with their units: "Time (s)", "Voltage [mV]", "Current/A".</summary>
/// <remarks>Nothing is known of the sign, so the values must show it. Columns without a unit are not guessed at.</remarks>
sealed class UnitNamesDialect : IDialect
{
    static readonly string[] Times = ["Time", "Test Time", "Total Time", "Elapsed Time", "Run Time", "t"];
    static readonly string[] Voltages = ["Voltage", "Cell Voltage", "Terminal Voltage", "Pack Voltage", "Battery Voltage", "Potential", "Ewe", "U", "V"];
    static readonly string[] Currents = ["Current", "Cell Current", "Pack Current", "Battery Current", "I"];
    static readonly string[] Temperatures = ["Temperature", "Cell Temperature", "Battery Temperature", "Surface Temperature", "Temp", "T1", "T"];
    static readonly string[] Ambients = ["Ambient Temperature", "Ambient", "Chamber Temperature"];

    /// <inheritdoc/>
    public string Name => "unit-names";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        foreach (HeaderRow header in head.Headers())
        {
            var layout = Layout.From(Name, header, "the header names time, voltage and current with their units");
            BindWithUnit(layout, header, Role.Time, "s", Times);
            BindWithUnit(layout, header, Role.Voltage, "V", Voltages);
            BindWithUnit(layout, header, Role.Current, "A", Currents);
            if (!layout.IsComplete)
                continue;
            BindWithUnit(layout, header, Role.Temperature, "degC", Temperatures);
            BindWithUnit(layout, header, Role.Ambient, "degC", Ambients);
            return layout;
        }

        return null;
    }

    static void BindWithUnit(Layout layout, HeaderRow header, Role role, string unit, string[] names)
    {
        int before = layout.Columns.Count;
        layout.BindUnit(header, role, unit, names);
        if (layout.Columns.Count > before && ColumnUnit.Split(layout.Columns[^1].FileName).Unit.Length == 0)
            layout.Columns.RemoveAt(before);
    }
}
