using System.Globalization;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary>A drive cycle of the user's: a CSV with currents in A, positive while charging, one a second, or with their times in s before them.</summary>
static class DriveCycleFile
{
    /// <summary>Reads a file; null where there is none of that name.</summary>
    /// <exception cref="DataException">The file is not one; the message names the line.</exception>
    public static DriveCycle? Read(string path)
    {
        if (!File.Exists(path)) return null;
        List<double> timesS = [], currentA = [];
        int line = 0, columns = 0;
        foreach (string text in File.ReadLines(path))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text) || text[0] == '#') continue;
            double?[] row = [.. text.Split(',').Select(cell => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : (double?)null)];
            // One line of names may come first.
            if (columns == 0 && row.All(cell => cell is null))
            {
                columns = -1;
                MustBeCurrent(path, text);
                continue;
            }

            if (columns <= 0) columns = row.Length;
            if (row.Length != columns || columns > 2 || row.Any(cell => cell is null))
                throw new DataException($"{path}, line {line}: a drive cycle has a current in A a line, or a time in s and a current; '{text[..Math.Min(text.Length, 40)]}' is neither.");
            if (columns == 2 && timesS.Count > 0 && row[0] <= timesS[^1]) throw new DataException($"{path}, line {line}: the times of a drive cycle must ascend.");
            if (columns == 2) timesS.Add(row[0]!.Value);
            currentA.Add(row[^1]!.Value);
        }

        if (currentA.Count < 2) throw new DataException($"{path} is not a drive cycle: it has {currentA.Count} currents, two at least are needed.");
        return new(currentA, columns == 2 ? [.. timesS.Select(t => t - timesS[0])] : null);
    }

    /// <summary>A power or a speed must not be taken for a current, nor minutes for seconds.</summary>
    static void MustBeCurrent(string path, string names)
    {
        string[] cells = [.. names.Split(',').Select(cell => cell.Trim())];
        bool isCurrent = cells[^1].Contains("current", StringComparison.OrdinalIgnoreCase) || cells[^1].Equals("i", StringComparison.OrdinalIgnoreCase) || cells[^1].Equals("a", StringComparison.OrdinalIgnoreCase);
        if (!isCurrent) throw new DataException($"{path}: its column '{cells[^1]}' is not named as a current: name it current_A, positive while charging.");
        if (cells[^1].Contains("mA", StringComparison.Ordinal)) throw new DataException($"{path}: its currents are in mA; give them in A.");
        if (cells.Length > 1 && !(cells[0].Contains("time", StringComparison.OrdinalIgnoreCase) || cells[0].Equals("t", StringComparison.OrdinalIgnoreCase)))
            throw new DataException($"{path}: its first column '{cells[0]}' is not named as a time: name it time_s.");
    }
}
