namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>The founding project's fleet export: time, SN, MxTmp, MinTmp, BtryPckV, SOC, SOH, BtryPckI …. Each serial number is a series.</summary>
/// <remarks>
/// Its sign of current and its SOC scale differ between fleets: the values decide where they can, otherwise the user says
/// (<see cref="RecordingOptions.CurrentSign"/>, <see cref="RecordingOptions.SocScale"/>).
/// </remarks>
sealed class FleetExportDialect : IDialect
{
    static readonly (string Column, string Name, string Unit)[] Extras =
    [
        ("MinTmp", "temperature_min_c", "degC"), ("SOH", "soh", ""), ("MXDischgCurr", "discharge_limit_a", "A"), ("MXChgCurr", "charge_limit_a", "A"),
        ("AvailChgPWR", "charge_power_limit", ""), ("AvailDischgPWR", "discharge_power_limit", ""), ("PmpDty", "pump_duty", ""), ("SysSts", "system_status", ""),
        ("DschrgSts", "discharge_status", ""), ("LqdLvl", "liquid_level", ""), ("Lon", "longitude", "deg"), ("Lat", "latitude", "deg"),
    ];

    /// <inheritdoc/>
    public string Name => "fleet-export";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("time", "SN", "MxTmp", "BtryPckV", "BtryPckI", "SOC") is not { } header)
            return null;
        var layout = Layout.From(Name, header, "the header has time, SN, MxTmp, BtryPckV and BtryPckI")
            .BindSeries(header, "SN")
            .Bind(header, Role.Voltage, "V", "BtryPckV")
            .Bind(header, Role.Current, "A", "BtryPckI")
            .Bind(header, Role.Temperature, "degC", "MxTmp")
            .Bind(header, Role.Soc, "", "SOC");
        layout.Columns.Insert(0, new(Role.Time, header.IndexOf("time"), "time", "", "s", Form: head.FormOf(header, "time")));
        foreach ((string column, string name, string unit) in Extras)
            layout.BindExtra(header, name, unit, column);
        return layout;
    }
}
