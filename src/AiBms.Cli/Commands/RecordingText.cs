using System.Globalization;
using AiBms.Telemetry.Csv;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>A recording's findings for people, one screen.</summary>
static class RecordingText
{
    public static void Write(TextWriter to, Recording recording, bool explain)
    {
        Findings found = recording.Findings;
        to.WriteLine($"{recording.Name}: {found.Dialect}, {recording.RowCount} rows, {Duration(found.DurationS)}, a row every {Number(found.SamplePeriodS)} s");
        if (recording.Series.Count > 1)
            to.WriteLine($"  series       {recording.Series.Count}: {string.Join(", ", recording.Series.Take(6).Select(series => series.Name))}{(recording.Series.Count > 6 ? " …" : "")}");
        RowFlags[] flags = recording.Flags;
        WriteRange(to, "voltage", recording.VoltageV, flags, "V");
        WriteRange(to, "current", recording.CurrentA, flags, "A (positive charges)");
        WriteRange(to, "temperature", recording.TemperatureDegC, flags, "°C");
        if (recording.AmbientDegC is { } ambientDegC)
            WriteRange(to, "ambient", ambientDegC, flags, "°C");
        if (recording.ChargeAh is { } chargeAh)
            WriteRange(to, "counter", chargeAh, flags, "Ah");
        if (recording.ReferenceSoc is { } soc)
            WriteRange(to, "soc", soc, flags, "of 1, by the file");
        if (recording.Extras.Count > 0)
            to.WriteLine($"  extras       {recording.Extras.Count}: {string.Join(", ", recording.Extras.Take(8).Select(extra => extra.Name))}{(recording.Extras.Count > 8 ? " …" : "")}");
        if (explain)
            Explain(to, found);
        WriteFindings(to, found);
    }

    /// <summary>What is wrong or worth knowing, a line for each reason.</summary>
    public static void WriteFindings(TextWriter to, Findings found)
    {
        foreach (FileFinding item in found.Items)
            to.WriteLine($"  {item.Severity.ToString().ToLowerInvariant(),-12} {item.Message}{Lines(item, found)}");
    }

    /// <summary>Where a finding first stands in the file, in brackets.</summary>
    public static string Lines(FileFinding item, Findings found) => item.FirstLines.Count == 0
        ? ""
        : $" ({(found.Delimiter is null ? "row" : "line")} {string.Join(", ", item.FirstLines)}{(item.Count > item.FirstLines.Count ? " …" : "")})";

    static void Explain(TextWriter to, Findings found)
    {
        string comma = found.DecimalComma ? "decimal comma" : "decimal point";
        to.WriteLine($"  container    {found.Container}, {found.FileBytes} bytes, SHA-256 {found.Sha256}");
        if (found.Delimiter is { } delimiter)
            to.WriteLine($"  written      with {Delimiters.Word(delimiter)} between fields and a {comma}");
        foreach (string sentence in found.DialectEvidence)
            to.WriteLine($"  dialect      {sentence}");
        foreach (string sentence in found.Columns)
            to.WriteLine($"  column       {sentence}");
        foreach (string sentence in found.SignEvidence)
            to.WriteLine($"  sign         {sentence}");
        if (found.StartedAt is { } start)
            to.WriteLine($"  started      {start.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} by the recorder's clock");
    }

    /// <summary>Lowest and highest of the usable rows.</summary>
    static void WriteRange(TextWriter to, string name, double[] values, RowFlags[] flags, string unit)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int row = 0; row < values.Length; row++)
        {
            double value = values[row];
            if (double.IsFinite(value) && (flags[row] & RowFlags.ImpossibleValue) == RowFlags.None)
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        if (low <= high)
            to.WriteLine($"  {name,-12} {Number(low)} … {Number(high)} {unit}");
    }

    static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    static string Duration(double seconds) => seconds < 7200
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.#} min")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.##} h");
}
