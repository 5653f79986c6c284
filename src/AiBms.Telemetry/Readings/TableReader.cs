using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>Reads a recording out of a file of whole columns.</summary>
static class TableReader
{
    /// <summary>Finds the dialect by the column names, then reads.</summary>
    /// <param name="source">Where the table came from.</param>
    /// <param name="table">The table.</param>
    /// <param name="options">What the user says.</param>
    /// <exception cref="DataException">No dialect knows the columns, or something must be said by an option.</exception>
    public static Recording Read(SourceFile source, ITable table, RecordingOptions options)
    {
        Layout layout = DialectCatalogue.Recognise(new FileHead(source.Name, table.Names), source.Path);
        var facts = new Findings
        {
            Dialect = layout.Dialect,
            Container = source.IsGzip ? $"gzip {table.Container}" : table.Container,
            Sha256 = source.Sha256(),
            FileBytes = source.Length,
            TextBytes = source.Length,
        };
        return new RecordingAssembler(source.Path, layout, Bound(table, layout), options).Assemble(facts);
    }

    static RawTable Bound(ITable table, Layout layout)
    {
        var numbers = new double[]?[layout.Columns.Count];
        var words = new WordColumn?[layout.Columns.Count];
        var flags = new RowFlags[table.RowCount];
        DateTime? origin = null;
        for (int i = 0; i < layout.Columns.Count; i++)
        {
            ColumnBinding binding = layout.Columns[i];
            if (binding.Form == FieldForm.Text)
            {
                words[i] = new WordColumn();
                foreach (string word in table.Words(binding.Index))
                    words[i]!.Add(word);
                continue;
            }

            double[] values = table.Numbers(binding);
            if (binding.Form == FieldForm.Timestamp)
                origin = MakeRelative(values);
            if (binding.Role is Role.Time or Role.Voltage or Role.Current)
                FlagMissing(values, flags);
            numbers[i] = values;
        }

        return new() { Numbers = numbers, Words = words, Flags = flags, ClockOrigin = origin };
    }

    /// <summary>Turns seconds since the year 1 into seconds since the first row, and returns that row's clock.</summary>
    static DateTime? MakeRelative(double[] seconds)
    {
        int first = Array.FindIndex(seconds, double.IsFinite);
        if (first < 0)
            return null;
        double origin = seconds[first];
        for (int i = 0; i < seconds.Length; i++)
            seconds[i] -= origin;
        return new DateTime((long)(origin * TimeSpan.TicksPerSecond), DateTimeKind.Unspecified);
    }

    static void FlagMissing(double[] values, RowFlags[] flags)
    {
        for (int row = 0; row < values.Length; row++)
        {
            if (!double.IsFinite(values[row]))
                flags[row] |= RowFlags.MissingValue;
        }
    }
}
