using System.Globalization;
using System.IO.Compression;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Datasets;

/// <summary>A recording at one row a second: means over whole seconds, and the charge counter at each second's end.</summary>
/// <remarks>A second without a sample has no row. The counter starts at zero.</remarks>
static class OneHertz
{
    /// <summary>Averages.</summary>
    /// <exception cref="DataException">The recording has fewer than two seconds with current and voltage.</exception>
    public static Recording Of(Recording raw)
    {
        List<double> timeS = [], voltageV = [], currentA = [], temperatureDegC = [], chargeAh = [];
        double firstAh = raw.ChargeAh?.FirstOrDefault(double.IsFinite) ?? 0;
        for (int start = 0; start < raw.RowCount;)
        {
            double second = Math.Floor(raw.TimeS[start] + 1e-9);
            int end = start + 1;
            while (end < raw.RowCount && Math.Floor(raw.TimeS[end] + 1e-9) == second) end++;
            var rows = start..end;
            start = end;
            double meanV = Mean(raw.VoltageV[rows]), meanA = Mean(raw.CurrentA[rows]);
            if (!double.IsFinite(second) || !double.IsFinite(meanV) || !double.IsFinite(meanA)) continue;
            timeS.Add(second);
            voltageV.Add(meanV);
            currentA.Add(meanA);
            temperatureDegC.Add(Mean(raw.TemperatureDegC[rows]));
            chargeAh.Add(raw.ChargeAh is null ? double.NaN : raw.ChargeAh[end - 1] - firstAh);
        }

        if (timeS.Count < 2) throw new DataException($"{raw.Name} has fewer than two seconds with current and voltage.");
        return new()
        {
            Name = raw.Name,
            TimeS = [.. timeS],
            VoltageV = [.. voltageV],
            CurrentA = [.. currentA],
            TemperatureDegC = [.. temperatureDegC],
            ChargeAh = raw.ChargeAh is null ? null : [.. chargeAh],
            Flags = new RowFlags[timeS.Count],
        };
    }

    /// <summary>Writes time_s, voltage_v, current_a, temperature_c, capacity_ah; what is not known is empty.</summary>
    public static void Write(Recording recording, string path)
    {
        using var file = File.Create(path);
        using Stream to = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Optimal) : file;
        using var text = new StreamWriter(to);
        text.Write("time_s,voltage_v,current_a,temperature_c,capacity_ah\n");
        for (int row = 0; row < recording.RowCount; row++)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture,
                $"{recording.TimeS[row]:0},{Known(recording.VoltageV[row], 5)},{Known(recording.CurrentA[row], 5)},{Known(recording.TemperatureDegC[row], 3)},{Known(recording.ChargeAh?[row] ?? double.NaN, 5)}\n"));
        }
    }

    static string Known(double value, int digits) => double.IsFinite(value) ? Math.Round(value, digits).ToString(CultureInfo.InvariantCulture) : "";

    static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in values)
            if (double.IsFinite(value)) (sum, count) = (sum + value, count + 1);
        return count == 0 ? double.NaN : sum / count;
    }
}
