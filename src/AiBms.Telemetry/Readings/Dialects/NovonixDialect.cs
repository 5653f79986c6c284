namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>Novonix coulometers' CSV: [Summary] … [End Summary], [Data], then Date and Time, Run Time (h), Current (A), Potential (V), ….</summary>
/// <remarks>Header row: the Novonix readers of ionworksdata (Ionworks) and of bdf (Battery Data Alliance).</remarks>
sealed class NovonixDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "novonix";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("Run Time (h)", "Current (A)", "Potential (V)") is not { } header)
            return null;
        var layout = Layout.From(Name, header, "the header has Run Time (h) and Potential (V) as Novonix writes them")
            .BindUnit(header, Role.Time, "s", "Run Time")
            .BindUnit(header, Role.Voltage, "V", "Potential")
            .BindUnit(header, Role.Current, "A", "Current")
            .BindUnit(header, Role.Charge, "Ah", "Capacity")
            .BindUnit(header, Role.Temperature, "degC", "Temperature")
            .BindUnit(header, Role.Ambient, "degC", "Circuit Temperature");
        layout.Sign = SignRule.Charge;
        return layout;
    }
}
