using System.Text;
using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>Module exports of Bitrode's VisuaLCN: a preamble, Total Time, Cell Voltage A1 …, Temperature A1 ….</summary>
sealed class BitrodeModuleDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "bitrode-module";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("Total Time", "Current", "Voltage", "Amp-Hours", "Mode") is not { } header)
            return null;
        var layout = Layout.From(Name, header, "the header has Total Time, Amp-Hours and Mode as VisuaLCN writes them")
            .Bind(header, Role.Time, "s", "Total Time")
            .Bind(header, Role.Voltage, "V", "Voltage")
            .Bind(header, Role.Current, "A", "Current")
            .Bind(header, Role.Charge, "Ah", "Amp-Hours")
            .Bind(header, Role.Temperature, "degC", "Temperature A1")
            .BindNumbered(header, "Cell Voltage A", "V", "V")
            .BindNumbered(header, "Temperature A", "T", "degC");
        layout.BindMode(header, "Mode");
        layout.Sign = SignRule.Charge;
        if (head.Preamble("Test Date", header.Delimiter, header.Line) is { } started && started.EndsWith('M')
            && TimestampParser.TryRead(Encoding.UTF8.GetBytes(started), dayFirst: false, out long ticks))
            layout.StartedAt = new DateTime(ticks, DateTimeKind.Unspecified);
        return layout;
    }
}
