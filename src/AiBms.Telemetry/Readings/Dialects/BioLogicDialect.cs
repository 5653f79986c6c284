using System.Globalization;
using System.Text;
using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>BioLogic EC-Lab text exports (.mpt): "EC-Lab ASCII FILE", "Nb header lines : N", then tabs; currents in mA, charges in mA·h.</summary>
/// <remarks>Header rows: EC-Lab's own first lines as read by yadg (Empa) and the column table of PyProBE (pyprobe.cyclers.biologic).</remarks>
sealed class BioLogicDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "biologic";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        bool hasPreamble = head.Lines.Count > 0 && head.Lines[0].StartsWith("EC-Lab ASCII FILE", StringComparison.Ordinal);
        HeaderRow? header = hasPreamble ? AfterPreamble(head) : head.Find("time/s", "Ewe/V") ?? head.Find("time/s", "Ecell/V");
        if (header is null)
            return null;
        var layout = Layout.From(Name, header, hasPreamble ? $"the file begins with EC-Lab ASCII FILE, and states {header.Line + 1} header lines" : "the header has time/s and Ewe/V as EC-Lab writes them")
            .BindUnit(header, Role.Time, "s", "time")
            .BindUnit(header, Role.Voltage, "V", "Ecell", "Ewe", "<Ewe>")
            .BindUnit(header, Role.Current, "A", "<I>", "I")
            .BindUnit(header, Role.Charge, "Ah", "(Q-Qo)")
            .BindUnit(header, Role.Temperature, "degC", "Temperature");
        // With absolute times the column holds dates; the preamble's start is then not needed.
        int time = header.IndexOf("time/s");
        if (time >= 0 && head.FormOf(header, "time/s") is var form and not FieldForm.Number)
            layout.Columns[0] = layout.Columns[0] with { Form = form };
        layout.Sign = SignRule.Charge;
        layout.StartedAt = Started(head, header);
        return layout.IsComplete ? layout : null;
    }

    static HeaderRow? AfterPreamble(FileHead head)
    {
        if (head.Lines.Count < 2 || head.Lines[1].Split(':') is not [_, var count]
            || !int.TryParse(count, NumberStyles.Integer, CultureInfo.InvariantCulture, out int lines) || lines < 1 || lines > head.Lines.Count)
            return null;
        return new(lines - 1, '\t', head.Fields(lines - 1, '\t'));
    }

    static DateTime? Started(FileHead head, HeaderRow header)
    {
        const string Key = "Acquisition started on :";
        string? line = head.Lines.Take(header.Line + 1).FirstOrDefault(text => text.StartsWith(Key, StringComparison.Ordinal));
        // EC-Lab writes month first whatever the land.
        return line is not null && TimestampParser.TryRead(Encoding.UTF8.GetBytes(line[Key.Length..].Trim()), dayFirst: false, out long ticks)
            ? new DateTime(ticks, DateTimeKind.Unspecified)
            : null;
    }
}
