using System.Globalization;
using AiBms.Telemetry.Readings;

namespace AiBms.Agent.Ports;

/// <summary>The numbered columns of a recorded pack.</summary>
public static class RecordedColumns
{
    /// <summary>V_1, V_2 … in order, V; empty where there are none.</summary>
    public static double[][] Cells(Recording recording) => Numbered(recording, "V_");

    /// <summary>T_1, T_2 … in order, °C; empty where there are none.</summary>
    public static double[][] Probes(Recording recording) => Numbered(recording, "T_");

    /// <summary>A column by its name; null where the record has none.</summary>
    public static double[]? Find(Recording recording, string name) => recording.Extras.FirstOrDefault(extra => extra.Name == name)?.Values;

    static double[][] Numbered(Recording recording, string prefix)
    {
        List<double[]> found = [];
        while (Find(recording, prefix + (found.Count + 1).ToString(CultureInfo.InvariantCulture)) is { } values) found.Add(values);
        return [.. found];
    }
}
