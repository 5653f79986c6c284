namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>BaSyTec text exports: lines that begin with ~, the last of which is the header "~Time[h] … I[A] U[V] Ah[Ah] T1[°C]".</summary>
/// <remarks>Header row: the column table of PyProBE (Imperial College London, pyprobe.cyclers.basytec).</remarks>
sealed class BasytecDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "basytec";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if ((head.Find("~Time[s]") ?? head.Find("~Time[h]") ?? head.Find("~Time[min]")) is not { } header)
            return null;
        var layout = Layout.From(Name, header, "the header begins with ~Time as BaSyTec writes it")
            .BindTime(head, header, "~Time")
            .BindUnit(header, Role.Voltage, "V", "U")
            .BindUnit(header, Role.Current, "A", "I")
            .BindUnit(header, Role.Charge, "Ah", "Ah")
            .BindUnit(header, Role.Temperature, "degC", "T1");
        layout.Sign = SignRule.Charge;
        return layout.IsComplete ? layout : null;
    }
}
