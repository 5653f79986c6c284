namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>Maccor's text exports: Rec#, Cyc#, Step, Test (Sec) or Test Time, Amps, Volts, State. The current has no sign; State gives it.</summary>
/// <remarks>
/// Header rows: the Maccor conversion table of BEEP (Toyota Research Institute), the column lists of maccorcyclingdata
/// (University of Washington) and of PyProBE (Imperial College London, pyprobe.cyclers.maccor).
/// Amp-hr falls back to 0 at each step or half cycle by a setting that the file does not state, so it is kept as an extra column.
/// </remarks>
sealed class MaccorDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "maccor";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        HeaderRow? header = head.Find("Rec#") ?? head.Find("Rec") ?? head.Find("Cyc#") ?? head.Find("DPT Time");
        if (header is null)
            return null;
        var layout = Layout.From(Name, header, "the header has Rec#, Cyc# or DPt Time as Maccor writes them")
            .BindTime(head, header, "Test", "Test Time", "TestTime")
            .BindUnit(header, Role.Voltage, "V", "Volts", "Voltage")
            .BindUnit(header, Role.Current, "A", "Amps", "Current")
            .BindUnit(header, Role.Temperature, "degC", "Temp 1", "EV Temp")
            .BindExtra(header, "step_capacity_ah", "Ah", "Amp-hr", "Capacity(Ah)", "Capacity")
            .BindMode(header, "State", "MD");
        layout.Sign = layout.Has(Role.Mode) ? SignRule.ByMode : SignRule.Evidence;
        return layout.IsComplete ? layout : null;
    }
}
