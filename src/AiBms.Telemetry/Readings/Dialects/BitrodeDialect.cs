namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>Cell exports of Bitrode cyclers: Exclude, Time(s), Cycle … Mode; the header may be missing.</summary>
sealed class BitrodeDialect : IDialect
{
    static readonly string[] Columns =
    [
        "Exclude", "Time(s)", "Cycle", "Loop", "Loop", "Loop", "Step", "StepTime(s)", "Current(A)", "Voltage(V)", "Power(W)", "Capacity(Ah)", "Energy(Wh)", "Mode",
    ];

    /// <inheritdoc/>
    public string Name => "bitrode";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        string evidence = "the header has Exclude, Time(s), Current(A), Voltage(V) and Mode as Bitrode writes them";
        HeaderRow? header = head.Find("Exclude", "Time(s)", "Current(A)", "Voltage(V)", "Mode");
        if (header is null && head.Lines.Count > 0 && head.Fields(0, ',') is { Length: >= 14 } first
            && first[0] is "No" or "Yes" && ModeWords.Direction(first[13]) is not null)
        {
            header = new(-1, ',', Columns);
            evidence = "there is no header, but rows begin with No or Yes and carry a mode in column 14, as Bitrode writes them";
        }

        if (header is null)
            return null;
        var layout = Layout.From(Name, header, evidence)
            .Bind(header, Role.Time, "s", "Time(s)")
            .Bind(header, Role.Voltage, "V", "Voltage(V)")
            .Bind(header, Role.Current, "A", "Current(A)")
            .Bind(header, Role.Charge, "Ah", "Capacity(Ah)")
            .BindExtra(header, "energy_wh", "Wh", "Energy(Wh)");
        layout.BindMode(header, "Mode");
        layout.Sign = SignRule.Charge;
        return layout;
    }
}
