using AiBms.Telemetry.Readings;

namespace AiBms.Telemetry.Bdf;

/// <summary>Battery Data Format of the Battery Data Alliance, as text or Parquet, with its labels or its machine names.</summary>
/// <remarks>Source: the column table of the Battery Data Format ontology (Battery Data Alliance, LF Energy), version 1.3.</remarks>
sealed class BdfDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "bdf";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        HeaderRow? header = head.Find(BdfColumns.TestTime, BdfColumns.Voltage, BdfColumns.Current)
            ?? head.Find("test_time_second", "voltage_volt", "current_ampere");
        if (header is null)
            return null;
        var layout = Layout.From(Name, header, $"the header has \"{header.Names[header.IndexOf(BdfColumns.TestTime, "test_time_second")]}\", voltage and current as BDF requires")
            .Bind(header, Role.Time, "s", BdfColumns.TestTime, "test_time_second")
            .Bind(header, Role.Voltage, "V", BdfColumns.Voltage, "voltage_volt")
            .Bind(header, Role.Current, "A", BdfColumns.Current, "current_ampere")
            .Bind(header, Role.Temperature, "degC", BdfColumns.SurfaceTemperature, "surface_temperature_celsius", "Temperature T1 / degC", "temperature_t1_celsius")
            .Bind(header, Role.Ambient, "degC", BdfColumns.AmbientTemperature, "ambient_temperature_celsius")
            .Bind(header, Role.Soc, SocColumn.Fraction, BdfColumns.Soc)
            .Bind(header, Role.Charge, "Ah", BdfColumns.NetCapacity, "net_capacity_ah");
        if (!layout.Has(Role.Charge))
        {
            layout.Bind(header, Role.ChargeIn, "Ah", "Charging Capacity / Ah", "charging_capacity_ah")
                .Bind(header, Role.ChargeOut, "Ah", "Discharging Capacity / Ah", "discharging_capacity_ah");
        }

        layout.BindSeries(header, BdfColumns.Series);
        BdfColumns.BindExtras(layout, header);
        layout.Sign = SignRule.Charge;
        return layout;
    }
}
