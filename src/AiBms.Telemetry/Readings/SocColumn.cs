namespace AiBms.Telemetry.Readings;

/// <summary>Brings a file's own state of charge to 0…1.</summary>
static class SocColumn
{
    /// <summary>The SOC as 0…1; null when the file has none.</summary>
    /// <param name="soc">In the file's scale; changed in place.</param>
    /// <param name="options">The scale, where the user says it.</param>
    /// <param name="path">For the sentence.</param>
    /// <exception cref="DataException">All values lie between 0 and 1 and the column's name does not say percent: either scale would fit.</exception>
    public static double[]? Read(double[]? soc, RecordingOptions options, string path)
    {
        if (soc is null)
            return null;
        double full = options.SocScale ?? (soc.Any(value => value > 1.5) ? 100 : 1);
        if (options.SocScale is null && full == 1 && soc.All(value => value is 0 or 1))
            throw new DataException($"{path}: the SOC column holds only 0 and 1, which could be a fraction or percent; say --soc-scale fraction or percent.");
        if (full != 1)
        {
            for (int i = 0; i < soc.Length; i++)
                soc[i] /= full;
        }

        return soc;
    }
}
