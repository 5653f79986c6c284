using System.Globalization;

namespace AiBms.Learning.Boards;

/// <summary>How numbers are printed for people: SOC in percentage points, times in seconds or minutes.</summary>
static class Figures
{
    /// <summary>0…1 as points with two decimals.</summary>
    public static string Points(double? soc) => soc is { } value && double.IsFinite(value) ? (100 * value).ToString("0.00", CultureInfo.InvariantCulture) : "–";

    /// <summary>0…1 as whole percent.</summary>
    public static string Percent(double? fraction) => fraction is { } value && double.IsFinite(value) ? (100 * value).ToString("0", CultureInfo.InvariantCulture) : "–";

    /// <summary>0…1 as percent with one decimal, where it is held against a limit.</summary>
    public static string Tenths(double fraction) => double.IsFinite(fraction) ? (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture) : "–";

    /// <summary>A time; infinite is "not reached".</summary>
    public static string Time(double? timeS) => timeS switch
    {
        null or double.NaN => "–",
        double.PositiveInfinity => "not reached",
        < 60 => timeS.Value.ToString("0 's'", CultureInfo.InvariantCulture),
        >= 10_800 => (timeS.Value / 3600).ToString("0.0 'h'", CultureInfo.InvariantCulture),
        _ => (timeS.Value / 60).ToString("0.0 'min'", CultureInfo.InvariantCulture),
    };

    /// <summary>A count.</summary>
    public static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
