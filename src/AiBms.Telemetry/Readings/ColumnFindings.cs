using System.Globalization;
using AiBms.Telemetry.Csv;

namespace AiBms.Telemetry.Readings;

/// <summary>Columns that never change, and extra columns with values that cannot be.</summary>
static class ColumnFindings
{
    /// <summary>Fewer rows than this may well hold one value.</summary>
    const int EnoughRows = 100;

    const int LinesListed = 5;

    /// <summary>Looks at every column of a recording.</summary>
    public static IReadOnlyList<FileFinding> Of(Recording recording, LineMap lines)
    {
        List<FileFinding> items = [];
        AddConstant(items, "voltage", recording.VoltageV);
        AddConstant(items, "current", recording.CurrentA);
        AddConstant(items, "temperature", recording.TemperatureDegC);
        AddConstant(items, "ambient", recording.AmbientDegC ?? []);
        foreach (ExtraColumn extra in recording.Extras)
        {
            if (extra.Name.StartsWith("V_", StringComparison.Ordinal))
                AddImpossible(items, extra, lines, 0.5, ValueChecks.HighestCellVoltageV);
            else if (extra.Name.StartsWith("T_", StringComparison.Ordinal))
                AddImpossible(items, extra, lines, ValueChecks.ColdestDegC, ValueChecks.HottestDegC);
            AddConstant(items, extra.Name, extra.Values);
        }

        return items;
    }

    static void AddConstant(List<FileFinding> items, string name, double[] values)
    {
        if (values.Length < EnoughRows)
            return;
        double first = Array.Find(values, double.IsFinite);
        if (!values.Any(double.IsFinite) || values.Any(value => double.IsFinite(value) && value != first))
            return;
        items.Add(new("constant", Severity.Warning, string.Create(CultureInfo.InvariantCulture, $"{name} is {first:G6} in every row"), values.Length, []));
    }

    static void AddImpossible(List<FileFinding> items, ExtraColumn extra, LineMap lines, double low, double high)
    {
        int count = 0;
        List<int> first = [];
        for (int row = 0; row < extra.Values.Length; row++)
        {
            if (!(extra.Values[row] < low || extra.Values[row] > high))
                continue;
            count++;
            if (first.Count < LinesListed)
                first.Add(lines.LineOf(row));
        }

        if (count > 0)
            items.Add(new("impossible-extra", Severity.Problem, string.Create(CultureInfo.InvariantCulture, $"{extra.Name} has {count} values outside {low:G3}…{high:G3} {extra.Unit}"), count, first));
    }
}
