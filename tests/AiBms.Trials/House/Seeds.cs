using System.Globalization;

namespace AiBms.Trials.House;

/// <summary>Which seeds a long trial runs: it can be gone on with where it was left.</summary>
static class Seeds
{
    /// <summary>What AIBMS_SEEDS says (FROM-TO), or all.</summary>
    public static (int From, int To) Told(int from, int to)
    {
        if (Environment.GetEnvironmentVariable("AIBMS_SEEDS") is not { Length: > 0 } told) return (from, to);
        string[] ends = told.Split('-');
        return (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture));
    }
}
