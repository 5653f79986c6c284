namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>Our own dialect: names with units, time_s, voltage_v, current_a and what else there is.</summary>
sealed class OwnDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "aibms";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("time_s", "voltage_v", "current_a") is not { } header)
            return null;
        var layout = Layout.From(Name, header, "the header has time_s, voltage_v and current_a")
            .Bind(header, Role.Time, "s", "time_s")
            .Bind(header, Role.Voltage, "V", "voltage_v")
            .Bind(header, Role.Current, "A", "current_a")
            .Bind(header, Role.Temperature, "degC", "temperature_c", "battery_temp_c", "temperature_deg_c", "temperature_degc")
            .Bind(header, Role.Ambient, "degC", "ambient_c", "ambient_temp_c", "chamber_temp_c")
            .Bind(header, Role.Charge, "Ah", "capacity_ah", "ah", "charge_ah")
            .Bind(header, Role.Soc, SocColumn.Fraction, "soc")
            .BindExtra(header, "energy_wh", "Wh", "wh", "energy_wh")
            .BindExtra(header, "vendor_soh", "", "vendor_soh")
            .BindExtra(header, "coolant_inlet_c", "degC", "coolant_inlet_c")
            .BindExtra(header, "pump_duty", "", "pump_duty")
            .BindExtra(header, "coolant_flow_l_min", "L/min", "coolant_flow_l_min")
            .BindExtra(header, "coolant_level", "", "coolant_level")
            .BindNumbered(header, "V_", "V", "V")
            .BindNumbered(header, "T_", "T", "degC");
        layout.Sign = SignRule.Charge;
        return layout;
    }
}
