using System.Globalization;
using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>Columns that never change, and cells and probes with values that cannot be.</summary>
static class ColumnFindings
{
    /// <summary>Fewer rows than this may well hold one value.</summary>
    const int EnoughRows = 100;

    /// <summary>Below this a lithium cell is damaged beyond use, so a car or module would not run.</summary>
    const double LowestCellVoltageV = 0.5;

    const int LinesListed = 5, ColumnsListed = 8;

    /// <summary>Looks at every column of a recording.</summary>
    public static IReadOnlyList<FileFinding> Of(Recording recording, LineMap lines)
    {
        List<FileFinding> items = [];
        AddConstant(items, recording);
        AddImpossible(items, recording, lines, "V_", "cells", "V", LowestCellVoltageV, ValueChecks.HighestCellVoltageV);
        AddImpossible(items, recording, lines, "T_", "probes", "°C", ValueChecks.ColdestDegC, ValueChecks.HottestDegC);
        return items;
    }

    static void AddConstant(List<FileFinding> items, Recording recording)
    {
        if (recording.RowCount < EnoughRows)
            return;
        List<string> constant = [];
        Look("voltage", recording.VoltageV);
        Look("current", recording.CurrentA);
        Look("temperature", recording.TemperatureDegC);
        foreach (ExtraColumn extra in recording.Extras)
            Look(extra.Name, extra.Values);
        if (constant.Count > 0)
            items.Add(new("constant", Severity.Warning, $"never changing: {Some(constant)}", constant.Count, []));

        // A chamber that holds its temperature is as it should be.
        constant.Clear();
        Look("ambient", recording.AmbientDegC ?? []);
        if (constant.Count > 0)
            items.Add(new("constant-ambient", Severity.Note, $"the surroundings never change: {constant[0]} °C", recording.RowCount, []));

        void Look(string name, double[] values)
        {
            double first = Array.Find(values, double.IsFinite);
            if (values.Any(double.IsFinite) && !values.Any(value => double.IsFinite(value) && value != first))
                constant.Add(string.Create(CultureInfo.InvariantCulture, $"{name} = {first:G6}"));
        }
    }

    static void AddImpossible(List<FileFinding> items, Recording recording, LineMap lines, string prefix, string what, string unit, double low, double high)
    {
        int total = 0;
        List<string> columns = [];
        SortedSet<int> rows = [];
        foreach (ExtraColumn extra in recording.Extras.Where(extra => extra.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            int count = 0;
            for (int row = 0; row < extra.Values.Length; row++)
            {
                if (!(extra.Values[row] < low || extra.Values[row] > high))
                    continue;
                count++;
                if (count <= LinesListed)
                    rows.Add(row);
            }

            total += count;
            if (count > 0)
                columns.Add($"{extra.Name} {count}");
        }

        if (total == 0)
            return;
        items.Add(new("impossible-extra", Severity.Problem,
            string.Create(CultureInfo.InvariantCulture, $"outside {low}…{high} {unit}: {total} values of {columns.Count} {what} ({Some(columns)})"),
            total, [.. rows.Take(LinesListed).Select(lines.LineOf)]));
    }

    static string Some(List<string> names) =>
        string.Join(", ", names.Take(ColumnsListed)) + (names.Count > ColumnsListed ? $" and {names.Count - ColumnsListed} more" : "");
}
