using System.Globalization;

namespace AiBms.Telemetry.Readings;

/// <summary>Brings a file's own state of charge to 0…1.</summary>
static class SocColumn
{
    /// <summary>Unit of a binding whose name or dialect says fraction, and of one that says percent; anything else says nothing.</summary>
    public const string Fraction = "1", Percent = "%";

    /// <summary>The SOC as 0…1; null when the file has none.</summary>
    /// <param name="soc">In the file's scale; changed in place.</param>
    /// <param name="unit">Of its binding.</param>
    /// <param name="options">The scale, where the user says it.</param>
    /// <param name="path">For the sentence.</param>
    /// <param name="evidence">Receives a sentence on the scale where the file does not state it.</param>
    /// <exception cref="DataException">The values fit either scale, and nothing says which it is.</exception>
    public static double[]? Read(double[]? soc, string unit, RecordingOptions options, string path, IList<string> evidence)
    {
        if (soc is null)
            return null;
        if ((options.SocScale ?? Stated(unit) ?? Seen(soc, path, evidence)) is var full and not 1)
        {
            for (int i = 0; i < soc.Length; i++)
                soc[i] /= full;
        }

        return soc;
    }

    static double? Stated(string unit) => unit switch { Fraction => 1, Percent => 100, _ => null };

    static double Seen(double[] soc, string path, IList<string> evidence)
    {
        double highest = soc.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        bool between = soc.Any(value => value is > 0 and < 1);
        // A pack at exactly 0 or 1 could be empty, full, or at one percent.
        if (highest <= 1 && !between)
            throw new DataException($"{path}: the SOC column holds only 0 and 1, which could be a fraction or percent; say --soc-scale fraction or percent.");
        double full = highest > 1.5 ? 100 : 1;
        evidence.Add(string.Create(CultureInfo.InvariantCulture, $"the highest SOC is {highest:G4}, so a full battery reads {full}"));
        return full;
    }
}
