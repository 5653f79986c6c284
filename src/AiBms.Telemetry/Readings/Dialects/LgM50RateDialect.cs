namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>LG M50 rate tests of PyBOP: set, timeVec, currVec, volVec and up to three thermocouples. Each set is a series.</summary>
sealed class LgM50RateDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "lg-m50-rate";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("timeVec", "currVec", "volVec") is not { } header)
            return null;
        return Layout.From(Name, header, "the header has timeVec, currVec and volVec, which the publisher states in s, A and V")
            .BindSeries(header, "set")
            .Bind(header, Role.Time, "s", "timeVec")
            .Bind(header, Role.Voltage, "V", "volVec")
            .Bind(header, Role.Current, "A", "currVec")
            .Bind(header, Role.Temperature, "degC", "cellTemp_mid")
            .BindExtra(header, "power_w", "W", "powVec")
            .BindExtra(header, "T_1", "degC", "cellTemp_mid")
            .BindExtra(header, "T_2", "degC", "cellTemp_pos")
            .BindExtra(header, "T_3", "degC", "cellTemp_neg");
    }
}
