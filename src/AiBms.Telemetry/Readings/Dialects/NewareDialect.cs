namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>Neware's BTSDA exports of records: DataPoint, Cycle Index, Step Type, Total Time, Current(A) or Current(mA), ….</summary>
/// <remarks>Header row: the column table of PyProBE (Imperial College London, pyprobe.cyclers.neware). Total Time is hours:minutes:seconds.</remarks>
sealed class NewareDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "neware";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if ((head.Find("Step Index", "Step Type") ?? head.Find("Step Type", "Total Time")) is not { } header)
            return null;
        var layout = Layout.From(Name, header, "the header has Step Type and Total Time as Neware writes them")
            .BindTime(head, header, "Total Time")
            .BindUnit(header, Role.Voltage, "V", "Voltage")
            .BindUnit(header, Role.Current, "A", "Current")
            .BindUnit(header, Role.ChargeIn, "Ah", "Chg. Cap.")
            .BindUnit(header, Role.ChargeOut, "Ah", "DChg. Cap.")
            .BindUnit(header, Role.Temperature, "degC", "T1", "Temperature")
            .BindMode(header, "Step Type");
        layout.Sign = SignRule.Charge;
        return layout.IsComplete ? layout : null;
    }
}
