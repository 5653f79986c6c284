namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>The MATLAB struct "meas" of McMaster University's data sets (LG HG2, Panasonic 18650PF): Time, Voltage, Current, Ah, Battery_Temp_degC, ….</summary>
/// <remarks>Field names: the data descriptors of Kollmeyer, doi 10.17632/wykht8y7tg.1, and Kollmeyer et al., doi 10.17632/cp3473x7xv.3.</remarks>
sealed class MatMeasDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "meas";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("meas.Time", "meas.Voltage", "meas.Current") is not { } header)
            return null;
        var layout = Layout.From(Name, header, "there is a struct meas with Time, Voltage and Current")
            .Bind(header, Role.Time, "s", "meas.Time")
            .Bind(header, Role.Voltage, "V", "meas.Voltage")
            .Bind(header, Role.Current, "A", "meas.Current")
            .Bind(header, Role.Charge, "Ah", "meas.Ah")
            .Bind(header, Role.Temperature, "degC", "meas.Battery_Temp_degC")
            .Bind(header, Role.Ambient, "degC", "meas.Chamber_Temp_degC")
            .BindExtra(header, "energy_wh", "Wh", "meas.Wh")
            .BindExtra(header, "power_w", "W", "meas.Power");
        layout.Sign = SignRule.Charge;
        return layout;
    }
}
