using System.Globalization;
using AiBms.Telemetry;

namespace AiBms.Learning.Identification;

/// <summary>Reads an open-circuit voltage that somebody else measured: a CSV with a header, a column soc and a column of voltages.</summary>
public static class OcvTable
{
    /// <summary>Reads the table and takes it over to evenly spaced nodes; beyond its ends it is held.</summary>
    /// <param name="path">CSV file; .gz is unpacked.</param>
    /// <param name="voltageColumn">Name of the voltage column, V.</param>
    /// <param name="fullSoc">What a full cell reads in column soc: 1 or 100.</param>
    /// <param name="nodeCount">Nodes of the curve, at least 2.</param>
    /// <exception cref="DataException">A column is missing, a value is no number, or soc does not rise within 0 and <paramref name="fullSoc"/>.</exception>
    public static OcvCurve Read(string path, string voltageColumn, double fullSoc, int nodeCount)
    {
        string name = Path.GetFileName(path);
        if (fullSoc is not (1 or 100)) throw new DataException($"{name}: fullSoc is {fullSoc}; a full cell reads 1 or 100.");
        string[] lines = Lines(path);
        string[] header = lines.Length > 0 ? lines[0].Split(',', StringSplitOptions.TrimEntries) : [];
        int socAt = Array.IndexOf(header, "soc"), voltageAt = Array.IndexOf(header, voltageColumn);
        if (socAt < 0 || voltageAt < 0) throw new DataException($"{name} has no columns soc and {voltageColumn}; it has {string.Join(", ", header)}.");

        var points = new List<(double Soc, double VoltageV)>();
        for (int k = 1; k < lines.Length; k++)
        {
            if (string.IsNullOrWhiteSpace(lines[k])) continue;
            string[] fields = lines[k].Split(',');
            if (fields.Length != header.Length || !Number(fields[socAt], out double soc) || !Number(fields[voltageAt], out double voltageV))
                throw new DataException($"{name} line {k + 1} has no number for soc or {voltageColumn}: correct or remove it.");
            soc /= fullSoc;
            if (soc is < 0 or > 1 || (points.Count > 0 && soc <= points[^1].Soc))
                throw new DataException($"{name} line {k + 1}: soc must rise from row to row between 0 and {fullSoc}; give fullSoc when a full cell reads 100.");
            points.Add((soc, voltageV));
        }

        if (points.Count < 2) throw new DataException($"{name} has {points.Count} rows; an OCV needs at least two.");
        double[] nodes = [.. points.Select(p => p.Soc)];
        return new(OcvCurve.Rising([.. Enumerable.Range(0, nodeCount).Select(k =>
        {
            (int s, double w) = CircuitDesign.Hat(nodes, k / (nodeCount - 1.0));
            return points[s].VoltageV + (points[s + 1].VoltageV - points[s].VoltageV) * w;
        })]));
    }

    static string[] Lines(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return File.ReadAllLines(path);
        using var reader = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
    }

    static bool Number(string text, out double value) => double.TryParse(text, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
