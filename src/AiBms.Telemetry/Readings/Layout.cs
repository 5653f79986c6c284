namespace AiBms.Telemetry.Readings;

/// <summary>How one file is to be read: where its rows begin and what its columns mean. Made by a dialect.</summary>
sealed class Layout(string dialect)
{
    /// <summary>Name of the dialect.</summary>
    public string Dialect { get; } = dialect;

    /// <summary>Index of the first line with values, from 0; 0 for files without lines.</summary>
    public int FirstDataLine { get; set; }

    /// <summary>Field separator; a space means any run of blanks.</summary>
    public char Delimiter { get; set; } = ',';

    /// <summary>How the sign of the current is known.</summary>
    public SignRule Sign { get; set; } = SignRule.Evidence;

    /// <summary>Seconds from row to row where the dialect has no time column; null when it has one or the user must say.</summary>
    public double? SamplePeriodS { get; set; }

    /// <summary>Wall clock of the first row, where the preamble states one.</summary>
    public DateTime? StartedAt { get; set; }

    /// <summary>Why this dialect, one sentence each.</summary>
    public IList<string> Evidence { get; } = [];

    /// <summary>The columns that are read.</summary>
    public IList<ColumnBinding> Columns { get; } = [];

    /// <summary>Whether a column with this role is bound.</summary>
    public bool Has(Role role) => Columns.Any(column => column.Role == role);

    /// <summary>Starts a layout from a header line.</summary>
    public static Layout From(string dialect, HeaderRow header, string evidence) =>
        new(dialect) { FirstDataLine = header.FirstDataLine, Delimiter = header.Delimiter, Evidence = { evidence } };

    /// <summary>Binds the first of these columns that the header has; does nothing when it has none.</summary>
    /// <returns>This layout.</returns>
    public Layout Bind(HeaderRow header, Role role, string unit, params ReadOnlySpan<string> names)
    {
        int index = header.IndexOf(names);
        if (index >= 0)
            Columns.Add(new(role, index, header.Names[index], "", unit));
        return this;
    }

    /// <summary>Binds the first column that has one of these names and a unit that fits the role; a name without a unit is taken in our unit.</summary>
    /// <returns>This layout.</returns>
    public Layout BindUnit(HeaderRow header, Role role, string unit, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            for (int i = 0; i < header.Names.Length; i++)
            {
                (string plain, string written) = ColumnUnit.Split(header.Names[i]);
                double? factor = written.Length == 0 ? 1 : ColumnUnit.Factor(role, written);
                if (!plain.Equals(name, StringComparison.OrdinalIgnoreCase) || factor is null)
                    continue;
                Columns.Add(new(role, i, header.Names[i], "", unit, factor.Value));
                return this;
            }
        }

        return this;
    }

    /// <summary>Binds a time that may be written as a number, an elapsed time or a date.</summary>
    /// <returns>This layout.</returns>
    public Layout BindTime(FileHead head, HeaderRow header, params ReadOnlySpan<string> names)
    {
        BindUnit(header, Role.Time, "s", names);
        if (Columns.Count > 0 && Columns[^1] is { Role: Role.Time } time)
            Columns[^1] = time with { Form = head.FormOf(header, time.FileName) };
        return this;
    }

    /// <summary>Whether time, voltage and current are bound.</summary>
    public bool IsComplete => Has(Role.Time) && Has(Role.Voltage) && Has(Role.Current);

    /// <summary>Binds a column as an extra one under our name.</summary>
    /// <returns>This layout.</returns>
    public Layout BindExtra(HeaderRow header, string name, string unit, params ReadOnlySpan<string> names)
    {
        int index = header.IndexOf(names);
        if (index >= 0)
            Columns.Add(new(Role.Extra, index, header.Names[index], name, unit));
        return this;
    }

    /// <summary>Binds the columns whose words together name the series of a row.</summary>
    /// <returns>This layout.</returns>
    public Layout BindSeries(HeaderRow header, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (header.IndexOf(name) is var index and >= 0)
                Columns.Add(new(Role.Series, index, header.Names[index], "", "", Form: FieldForm.Text));
        }

        return this;
    }

    /// <summary>Binds a column of mode words.</summary>
    /// <returns>This layout.</returns>
    public Layout BindMode(HeaderRow header, params ReadOnlySpan<string> names)
    {
        if (header.IndexOf(names) is var index and >= 0)
            Columns.Add(new(Role.Mode, index, header.Names[index], "", "", Form: FieldForm.Text));
        return this;
    }

    /// <summary>Binds every column called <paramref name="prefix"/> and a number as <c>V_n</c> or <c>T_n</c>.</summary>
    /// <returns>This layout.</returns>
    public Layout BindNumbered(HeaderRow header, string prefix, string name, string unit)
    {
        for (int i = 0; i < header.Names.Length; i++)
        {
            string column = header.Names[i];
            if (column.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && int.TryParse(column.AsSpan(prefix.Length), out int number))
                Columns.Add(new(Role.Extra, i, column, $"{name}_{number}", unit));
        }

        return this;
    }
}
