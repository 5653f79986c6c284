using System.Text;
using AiBms.Telemetry.Readings;

namespace AiBms.Telemetry.Csv;

/// <summary>Finds out from the first rows how a text file writes numbers and dates.</summary>
static class TextSniffer
{
    /// <summary>How the values are written.</summary>
    /// <exception cref="DataException">A date that the time depends on can be read in two ways.</exception>
    public static TextForm Form(Layout layout, IReadOnlyList<string> lines, bool endsWithReturn, RecordingOptions options, string path)
    {
        int points = 0, commas = 0;
        bool? dayFirst = options.DayFirst;
        string? unclear = null;
        for (int line = layout.FirstDataLine; line < lines.Count; line++)
        {
            string[] fields = CsvRow.Split(lines[line], layout.Delimiter);
            foreach (ColumnBinding column in layout.Columns)
            {
                if (column.Index >= fields.Length)
                    continue;
                string field = fields[column.Index];
                if (column.Form == FieldForm.Timestamp && options.DayFirst is null)
                {
                    bool? here = TimestampParser.DayFirst(Encoding.UTF8.GetBytes(field));
                    dayFirst ??= here;
                    if (here is null && IsAmbiguous(field))
                        unclear ??= field;
                }
                else if (column.Form is FieldForm.Number or FieldForm.Clock)
                {
                    points += field.Contains('.', StringComparison.Ordinal) ? 1 : 0;
                    commas += field.Contains(',', StringComparison.Ordinal) ? 1 : 0;
                }
            }
        }

        if (dayFirst is null && unclear is not null)
            throw new DataException($"{path}: the date {unclear} can be read in two ways; say --date-order dmy or mdy.");
        return new(layout.Delimiter != ',' && commas > points ? ',' : '.', dayFirst ?? false, endsWithReturn);
    }

    /// <summary>Whether a date begins with two short numbers (3/4/2021) and no AM or PM, which only month-first lands write.</summary>
    static bool IsAmbiguous(string field) =>
        field.Length > 5 && char.IsAsciiDigit(field[0]) && (field[1] == '/' || field[2] == '/' || (field[2] == '-' && char.IsAsciiDigit(field[3])))
        && !field.EndsWith('M');
}
