using System.Globalization;

namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>The cleaned HPPC tables of K2 26650 LFP cells: "Timestep,1Hz", then Voltage, Current, Bat_Temp, ambient_Temp, and no time column.</summary>
sealed class K2Dialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "k2";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("Voltage", "Current", "Bat_Temp", "ambient_Temp") is not { } header)
            return null;
        string? rate = head.Preamble("Timestep", header.Delimiter, header.Line);
        if (rate is null || !rate.EndsWith("Hz", StringComparison.OrdinalIgnoreCase)
            || !double.TryParse(rate.AsSpan(0, rate.Length - 2), CultureInfo.InvariantCulture, out double hertz) || hertz <= 0)
            return null;
        var layout = Layout.From(Name, header, $"the first line states a time step of {rate}, and the header has Bat_Temp and ambient_Temp")
            .Bind(header, Role.Voltage, "V", "Voltage")
            .Bind(header, Role.Current, "A", "Current")
            .Bind(header, Role.Temperature, "degC", "Bat_Temp")
            .Bind(header, Role.Ambient, "degC", "ambient_Temp");
        layout.SamplePeriodS = 1 / hertz;
        return layout;
    }
}
