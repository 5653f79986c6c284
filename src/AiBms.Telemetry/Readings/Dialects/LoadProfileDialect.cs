using System.Globalization;

namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>A load to be simulated, not a recording: comment lines, the last of which names time and current or power, then two columns.</summary>
sealed class LoadProfileDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "load-profile";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        int first = 0;
        while (first < head.Lines.Count && head.Lines[first].StartsWith('#'))
            first++;
        if (first == 0 || first >= head.Lines.Count)
            return null;
        string[] names = [.. head.Lines[first - 1].TrimStart('#', ' ').Split(',').Select(name => name.Trim())];
        if (names.Length != 2 || !names[0].Equals("time [s]", StringComparison.OrdinalIgnoreCase)
            || head.Fields(first, ',') is not [var time, _] || !double.TryParse(time, CultureInfo.InvariantCulture, out _))
            return null;
        var header = new HeaderRow(first - 1, ',', names);
        var layout = Layout.From(Name, header, $"the last comment line names the two columns \"{names[0]}\" and \"{names[1]}\"")
            .Bind(header, Role.Time, "s", names[0])
            .Bind(header, Role.Current, "A", "Current [A]");
        if (header.Has("Power [kW]"))
            layout.Columns.Add(new(Role.Extra, 1, names[1], "power_w", "W", 1000));
        return layout.Columns.Count == 2 ? layout : null;
    }
}
