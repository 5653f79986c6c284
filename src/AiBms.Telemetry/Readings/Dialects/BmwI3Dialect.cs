namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>BMW i3 trips at 1 Hz: pack_voltage_v, pack_current_a, soc_pct and what the car does beside driving.</summary>
sealed class BmwI3Dialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "bmw-i3";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("time_s", "pack_voltage_v", "pack_current_a", "soc_pct") is not { } header)
            return null;
        var layout = Layout.From(Name, header, "the header has pack_voltage_v, pack_current_a and soc_pct")
            .Bind(header, Role.Time, "s", "time_s")
            .Bind(header, Role.Voltage, "V", "pack_voltage_v")
            .Bind(header, Role.Current, "A", "pack_current_a")
            .Bind(header, Role.Temperature, "degC", "battery_temp_c")
            .Bind(header, Role.Ambient, "degC", "ambient_temp_c")
            .Bind(header, Role.Soc, SocColumn.Percent, "soc_pct")
            .BindExtra(header, "speed_kmh", "km/h", "speed_kmh")
            .BindExtra(header, "battery_temp_max_c", "degC", "battery_temp_max_c")
            .BindExtra(header, "heating_kw", "kW", "heating_kw")
            .BindExtra(header, "aircon_kw", "kW", "aircon_kw")
            .BindExtra(header, "coolant_inlet_c", "degC", "coolant_inlet_c")
            .BindExtra(header, "cabin_temp_c", "degC", "cabin_temp_c");
        return layout;
    }
}
