using AiBms.Telemetry.Readings;

namespace AiBms.Telemetry.Bdf;

/// <summary>The columns of a recording under BDF labels, in the order in which they are written.</summary>
static class BdfTable
{
    /// <summary>Label and values of each column of numbers; columns that hold nothing are left out, the required three never.</summary>
    public static List<(string Label, double[] Values)> Columns(Recording recording)
    {
        List<(string, double[])> columns =
        [
            (BdfColumns.TestTime, recording.TimeS),
            (BdfColumns.Voltage, recording.VoltageV),
            (BdfColumns.Current, recording.CurrentA),
        ];
        Add(BdfColumns.SurfaceTemperature, recording.TemperatureDegC);
        Add(BdfColumns.AmbientTemperature, recording.AmbientDegC);
        Add(BdfColumns.NetCapacity, recording.ChargeAh);
        Add(BdfColumns.Soc, recording.ReferenceSoc);
        foreach (ExtraColumn extra in recording.Extras)
            Add(BdfColumns.Label(extra), extra.Values);
        return columns;

        void Add(string label, double[]? values)
        {
            if (values is not null && values.Any(double.IsFinite))
                columns.Add((label, values));
        }
    }

    /// <summary>The name of each row's series; null when the recording holds one without a name.</summary>
    public static string[]? SeriesNames(Recording recording)
    {
        if (recording.Series.Count == 0 || (recording.Series.Count == 1 && recording.Series[0].Name.Length == 0))
            return null;
        string[] names = new string[recording.RowCount];
        foreach (SeriesSpan span in recording.Series)
            Array.Fill(names, span.Name, span.FirstRow, span.RowCount);
        return names;
    }
}
