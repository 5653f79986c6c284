using System.Globalization;
using System.Text.RegularExpressions;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Datasets;

/// <summary>Capacity of the Panasonic cell over its test campaign, from its measured 1C discharges and its one C/20 test.</summary>
/// <remarks>
/// The 1C capacity is interpolated linearly by date between full 1C discharges. At the date of the C/20 test the ratio of slow to 1C
/// capacity is taken, and scales every date. The C/20 discharge counts 2.99 Ah but the charge that follows, at the same current
/// magnitude and back to 4.2 V, only 2.61 Ah: their mean is used, in which an offset of the current sensor cancels.
/// </remarks>
public sealed partial class PanasonicCapacity
{
    const string Folder = "panasonic-18650pf/capacity_ocv";

    readonly (DateTime Date, double Ah)[] _oneC;
    readonly double _slowOverOneC, _slowAh;
    readonly DateTime _slowDate;

    PanasonicCapacity((DateTime Date, double Ah)[] oneC, DateTime slowDate, double slowAh)
    {
        (_oneC, _slowDate, _slowAh) = (oneC, slowDate, slowAh);
        _slowOverOneC = slowAh / OneCAt(slowDate);
    }

    /// <summary>Charge-based capacity at a date, Ah.</summary>
    public double At(DateTime date) => _slowOverOneC * OneCAt(date);

    /// <summary>The measured points in words.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture,
        $"1C {string.Join(", ", _oneC.Select(test => string.Create(CultureInfo.InvariantCulture, $"{test.Ah:0.000} Ah ({test.Date:yyyy-MM-dd})")))}, times {_slowOverOneC:0.000}, the ratio of slow ({_slowAh:0.000} Ah, mean of discharge and charge at C/20, {_slowDate:yyyy-MM-dd}) to 1C capacity at that date.");

    /// <summary>Reads the measured tests.</summary>
    /// <exception cref="DataException">A test is missing.</exception>
    public static PanasonicCapacity Measure(string root)
    {
        var files = Dataset.List(root, Folder);
        // Dis1C_Rp repeats a test at a coarse, mixed rate and is not used.
        (DateTime, double)[] oneC = [.. files.Where(path => path.Contains("_Dis1C_1", StringComparison.Ordinal) || path.Contains("_Dis1C_2", StringComparison.Ordinal))
            .Select(path => (DateOf(path), DischargedAh(RecordingDoor.Open(Path.Combine(root, path))))).OrderBy(test => test.Item1)];
        string slow = files.FirstOrDefault(path => path.Contains("C20_OCV_Test", StringComparison.Ordinal))
            ?? throw new DataException($"the C/20 test is missing in {Folder}; lay the set out again with './aibms data add'.");
        if (oneC.Length < 2) throw new DataException($"fewer than two 1C discharges in {Folder}; lay the set out again with './aibms data add'.");
        var test = RecordingDoor.Open(Path.Combine(root, slow));
        return new(oneC, DateOf(slow), (DischargedAh(test) + ChargedAh(test)) / 2);
    }

    /// <summary>Date and time in a file name: MM-dd-yy_HH.mm.</summary>
    public static DateTime DateOf(string name) =>
        DatePattern().Match(name) is { Success: true } match
        && DateTime.TryParseExact(match.Value, "MM-dd-yy_HH.mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new DataException($"'{name}' holds no date; expected MM-dd-yy_HH.mm in the name.");

    double OneCAt(DateTime date)
    {
        int after = Math.Clamp(Array.FindIndex(_oneC, test => test.Date >= date), 0, _oneC.Length - 1);
        if (date >= _oneC[^1].Date) return _oneC[^1].Ah;
        if (after == 0) return _oneC[0].Ah;
        var (left, right) = (_oneC[after - 1], _oneC[after]);
        double fraction = (date - left.Date) / (right.Date - left.Date);
        return left.Ah + fraction * (right.Ah - left.Ah);
    }

    static double DischargedAh(Recording test) => Moved(test, sign: -1);

    static double ChargedAh(Recording test) => Moved(test, sign: 1);

    // By the counter, step by step, so that a rest or a change of direction does not matter.
    static double Moved(Recording test, int sign)
    {
        double[] chargeAh = test.ChargeAh ?? throw new DataException($"{test.Name} has no charge counter.");
        double sumAh = 0;
        for (int k = 1; k < chargeAh.Length; k++) sumAh += Math.Max(0, sign * (chargeAh[k] - chargeAh[k - 1]));
        return sumAh;
    }

    [GeneratedRegex(@"\d\d-\d\d-\d\d_\d\d\.\d\d", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DatePattern();
}
