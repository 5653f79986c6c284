namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>Arbin's CSV exports, MITS 7 (Data_Point, Test_Time(s)) and MITS 10 (Data Point, Test Time (s)).</summary>
/// <remarks>
/// Header rows: the published Arbin exports of CALCE's CS2 cells (University of Maryland) and the column table of PyProBE
/// (Imperial College London, pyprobe.cyclers.arbin).
/// </remarks>
sealed class ArbinDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "arbin";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        HeaderRow? header = head.Find("Data_Point") ?? head.Find("Data Point") ?? head.Find("Test_Time(s)") ?? head.Find("Test Time (s)");
        if (header is null)
            return null;
        var layout = Layout.From(Name, header, "the header has a test time and charge and discharge capacities as Arbin writes them")
            .BindTime(head, header, "Test Time")
            .BindUnit(header, Role.Voltage, "V", "Voltage")
            .BindUnit(header, Role.Current, "A", "Current")
            .BindUnit(header, Role.ChargeIn, "Ah", "Charge Capacity")
            .BindUnit(header, Role.ChargeOut, "Ah", "Discharge Capacity")
            .BindUnit(header, Role.Temperature, "degC", "Aux Temperature 1", "Temperature", "Temperature 1");
        layout.Sign = SignRule.Charge;
        return layout.IsComplete && layout.Has(Role.ChargeIn) ? layout : null;
    }
}
