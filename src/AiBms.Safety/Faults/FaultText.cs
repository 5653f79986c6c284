using System.Globalization;

namespace AiBms.Safety.Faults;

/// <summary>Fills in the catalogue's sentences. For people and logs: it allocates, and the protection never calls it.</summary>
public static class FaultText
{
    /// <summary>The sentence of a fault.</summary>
    /// <param name="code">Which fault.</param>
    /// <param name="record">What is known of it.</param>
    /// <param name="nowMs">Time of the last input, ms; the duration is counted up to it.</param>
    public static string Sentence(FaultCode code, in FaultRecord record, long nowMs)
    {
        double durationS = nowMs > record.SinceMs ? (nowMs - record.SinceMs) / 1000.0 : 0;
        return FaultCatalogue.Row(code).Text
            .Replace("{where}", record.Where.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{value}", record.Value.ToString("0.###", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{threshold}", record.Threshold.ToString("0.###", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{duration}", durationS.ToString("0.0", CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
