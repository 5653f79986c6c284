using System.Text;
using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>Raw exports of Digatron cyclers: a preamble, a header with Prog Time, a row of units in brackets.</summary>
sealed class DigatronDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "digatron";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("Prog Time", "Status", "Voltage", "Current") is not { } header || header.Line + 1 >= head.Lines.Count)
            return null;
        string[] units = head.Fields(header.Line + 1, header.Delimiter);
        bool hasUnits = units.Any(unit => unit.StartsWith('['));
        if (hasUnits)
            header = header with { FirstDataLine = header.Line + 2 };
        var layout = Layout.From(Name, header, "the header has Prog Time and Status as Digatron writes them");
        if (hasUnits)
            layout.Evidence.Add("a row of units in brackets follows the header");
        layout.Columns.Add(new(Role.Time, header.IndexOf("Prog Time"), "Prog Time", "", "s", Form: FieldForm.Clock));
        BindWithUnit(layout, header, units, Role.Voltage, "V", "Voltage");
        BindWithUnit(layout, header, units, Role.Current, "A", "Current");
        layout.Bind(header, Role.Temperature, "degC", "Temperature", "Temp45", "Temp")
            .Bind(header, Role.Ambient, "degC", "ChamberT");
        BindWithUnit(layout, header, units, Role.Charge, "Ah", "Capacity", "AhAccu");
        layout.BindMode(header, "Status");
        layout.Sign = SignRule.Charge;
        string? started = head.Preamble("Start Time", header.Delimiter, header.Line);
        // Digatron writes the date of the machine's land; one with AM or PM is month first.
        if (started is not null && started.EndsWith('M') && TimestampParser.TryRead(Encoding.UTF8.GetBytes(started), dayFirst: false, out long ticks))
            layout.StartedAt = new DateTime(ticks, DateTimeKind.Unspecified);
        return layout;
    }

    static void BindWithUnit(Layout layout, HeaderRow header, string[] units, Role role, string unit, params ReadOnlySpan<string> names)
    {
        int index = header.IndexOf(names);
        if (index < 0)
            return;
        string written = index < units.Length ? units[index] : "";
        double scale = written.StartsWith("[m", StringComparison.Ordinal) ? 1e-3 : 1;
        layout.Columns.Add(new(role, index, header.Names[index], "", unit, scale));
    }
}
