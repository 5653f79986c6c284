namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>A load to be simulated, not a recording: two columns, time and current or power, each with its unit in its name.</summary>
/// <remarks>Named as our own files are, so that a positive number charges, as everywhere.</remarks>
sealed class LoadDialect : IDialect
{
    static readonly string[] s_times = ["time", "test time", "t"], s_currents = ["current", "i"], s_powers = ["power", "p"];

    /// <inheritdoc/>
    public string Name => "load";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        foreach (HeaderRow header in head.Headers())
        {
            if (header.Names.Length != 2 || Unit(header.Names[0], s_times) is not { } time || TimeFactor(time) is not { } timeS)
                continue;
            string load = header.Names[1];
            if (Unit(load, s_currents) is { } amperes && CurrentFactor(amperes) is { } currentA)
                return Layout(header, timeS, new(Role.Current, 1, load, "", "A", currentA));
            if (Unit(load, s_powers) is { } watts && PowerFactor(watts) is { } powerW)
                return Layout(header, timeS, new(Role.Extra, 1, load, "power_w", "W", powerW));
        }

        return null;
    }

    Layout Layout(HeaderRow header, double timeS, ColumnBinding load)
    {
        var layout = Readings.Layout.From(Name, header, $"the header has two columns with their units, \"{header.Names[0]}\" and \"{header.Names[1]}\"");
        layout.Columns.Add(new(Role.Time, 0, header.Names[0], "", "s", timeS));
        layout.Columns.Add(load);
        layout.Sign = SignRule.Charge;
        return layout;
    }

    /// <summary>The unit of a column that has one of these names; null where it has another name or no unit.</summary>
    static string? Unit(string column, string[] names)
    {
        (string name, string unit) = ColumnUnit.Split(column);
        if (unit.Length == 0 && column.LastIndexOf('_') is > 0 and var at)
            (name, unit) = (column[..at].Replace('_', ' '), column[(at + 1)..]);
        return unit.Length > 0 && names.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase) ? unit : null;
    }

    static double? TimeFactor(string unit) => ColumnUnit.Factor(Role.Time, unit);

    static double? CurrentFactor(string unit) => unit == "kA" ? 1000 : ColumnUnit.Factor(Role.Current, unit == "ma" ? "mA" : unit);

    static double? PowerFactor(string unit) => unit switch { "W" or "w" => 1, "kW" or "kw" or "KW" => 1000, "MW" => 1e6, _ => null };
}
