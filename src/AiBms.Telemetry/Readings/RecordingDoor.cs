using System.Globalization;
using System.IO.Compression;

namespace AiBms.Telemetry.Readings;

/// <summary>Opens recordings.</summary>
public static class RecordingDoor
{
    /// <summary>Reads a file of our own dialect: time_s, voltage_v, current_a, temperature_c, capacity_ah.</summary>
    public static Recording Open(string path)
    {
        using Stream file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        string[] header = (reader.ReadLine() ?? throw new DataException($"{path} is empty.")).Split(',');
        int Column(params string[] names) => Array.FindIndex(header, names.Contains);
        int time = Column("time_s"), voltage = Column("voltage_v"), current = Column("current_a");
        int temperature = Column("temperature_c", "battery_temp_c"), charge = Column("capacity_ah", "ah");
        List<double>[] columns = [[], [], [], [], []];
        while (reader.ReadLine() is { } line)
        {
            string[] fields = line.Split(',');
            int at = 0;
            foreach (int index in (int[])[time, voltage, current, temperature, charge])
                columns[at++].Add(index >= 0 && double.TryParse(fields[index], CultureInfo.InvariantCulture, out double value) ? value : double.NaN);
        }

        return new()
        {
            Name = Path.GetFileName(path),
            TimeS = [.. columns[0]],
            VoltageV = [.. columns[1]],
            CurrentA = [.. columns[2]],
            TemperatureDegC = [.. columns[3]],
            ChargeAh = charge < 0 ? null : [.. columns[4]],
            Flags = new RowFlags[columns[0].Count],
        };
    }
}
