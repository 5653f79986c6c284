using System.Globalization;
using AiBms.Telemetry;

namespace AiBms.Learning.Training;

/// <summary>Processor time that each training in a folder took. It stands beside the models and not in them: the same training gives the same file.</summary>
public static class TrainingTimes
{
    const string Name = "times.csv", Header = "model,processor_s";

    /// <summary>Times by id of the model, s; empty where none were written.</summary>
    /// <exception cref="DataException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, double> Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        SortedDictionary<string, double> times = new(StringComparer.Ordinal);
        if (!File.Exists(path)) return times;
        foreach (string line in File.ReadLines(path).Skip(1).Where(line => line.Length > 0))
        {
            string[] cells = line.Split(',');
            if (cells.Length != 2 || !double.TryParse(cells[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double timeS))
                throw new DataException($"'{path}': '{line}' is not a model and its seconds; delete the file, and it is written anew.");
            times[cells[0]] = timeS;
        }

        return times;
    }

    /// <summary>Puts a time in, in place of one that is there.</summary>
    public static void Put(string folder, string id, double processorS)
    {
        SortedDictionary<string, double> times = new(StringComparer.Ordinal);
        foreach (var (known, timeS) in Read(folder)) times[known] = timeS;
        times[id] = processorS;
        string path = Path.Combine(folder, Name);
        File.WriteAllText(path + ".new", string.Join('\n', [Header, .. times.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key},{pair.Value:0.0}")), ""]));
        File.Move(path + ".new", path, overwrite: true);
    }
}
