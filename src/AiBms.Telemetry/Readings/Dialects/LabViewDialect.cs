using System.Globalization;

namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>LabVIEW measurement files: with the header "LabVIEW Measurement … ***End_of_Header***", or bare tab-separated probes with neither header nor time.</summary>
/// <remarks>
/// Source of the header's words: National Instruments, "Specification for the LabVIEW Measurement File (.lvm)". Where X_Columns
/// is No, the X_Value field stays empty and the time is X0 + n · Delta_X.
/// </remarks>
sealed class LabViewDialect : IDialect
{
    const string TimeColumn = "X_Value";

    /// <inheritdoc/>
    public string Name => "labview";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head) => head.Lines.Count > 0 && head.Lines[0].StartsWith("LabVIEW Measurement", StringComparison.Ordinal)
        ? WithHeader(head)
        : BareProbes(head);

    Layout? WithHeader(FileHead head)
    {
        if (head.Find(TimeColumn) is not { } header)
            return null;
        var layout = Layout.From(Name, header, "the file begins with LabVIEW Measurement, and X_Value heads its columns");
        if (head.Preamble("X_Columns", header.Delimiter, header.Line) is "No")
            layout.SamplePeriodS = double.TryParse(head.Preamble("Delta_X", header.Delimiter, header.Line), CultureInfo.InvariantCulture, out double stepS) && stepS > 0 ? stepS : null;
        else
            layout.Bind(header, Role.Time, "s", TimeColumn);
        layout.BindUnit(header, Role.Voltage, "V", "Voltage", "Voltage 0")
            .BindUnit(header, Role.Current, "A", "Current", "Current 0")
            .BindUnit(header, Role.Temperature, "degC", "Temperature", "Temperature 0");
        for (int i = 0; i < header.Names.Length; i++)
        {
            if (header.Names[i] is not ("" or "Comment" or TimeColumn) && layout.Columns.All(column => column.Index != i))
                layout.Columns.Add(new(Role.Extra, i, header.Names[i], header.Names[i], ""));
        }

        return layout.Columns.Count > 0 ? layout : null;
    }

    /// <summary>Rows that begin with a tab and then hold the same number of temperatures: nothing else is known of them.</summary>
    Layout? BareProbes(FileHead head)
    {
        if (!head.FileName.Contains(".lvm", StringComparison.OrdinalIgnoreCase) || head.Lines.Count < 2)
            return null;
        int columns = head.Fields(0, '\t').Length;
        for (int line = 0; line < Math.Min(20, head.Lines.Count); line++)
        {
            string[] fields = head.Fields(line, '\t');
            if (fields.Length != columns || fields[0].Length > 0 || fields.Skip(1).Any(field => !double.TryParse(field, CultureInfo.InvariantCulture, out _)))
                return null;
        }

        var layout = new Layout(Name) { Delimiter = '\t' };
        layout.Evidence.Add($"the name ends in .lvm and every row is an empty field and {columns - 1} numbers, which are taken for temperatures in °C");
        for (int i = 1; i < columns; i++)
            layout.Columns.Add(new(Role.Extra, i, $"column {i + 1}", $"T_{i}", "degC"));
        return layout;
    }
}
