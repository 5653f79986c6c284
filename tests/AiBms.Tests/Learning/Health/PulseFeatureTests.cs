using System.Globalization;
using AiBms.Learning.Health;

namespace AiBms.Tests.Learning.Health;

/// <summary>A row of pulses knows its own pulses and state of charge: neither later pulses, nor the capacity that is measured after them, change a bit of it.</summary>
public sealed class PulseFeatureTests : IDisposable
{
    const int Rows = 5, CutAt = 2;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-pulses").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void LaterPulsesAndTheMeasuredCapacityChangeNothing()
    {
        var (whole, other) = (Battery("whole", isChanged: false), Battery("other", isChanged: true));
        Assert.Null(TruncatedHistory.FirstDifference(whole.RowFeatures, other.RowFeatures, CutAt));
        Assert.NotEqual(whole.TargetValues, other.TargetValues);
        // The guard does look at what was changed.
        Assert.Equal(CutAt, TruncatedHistory.FirstDifference(whole.RowFeatures, other.RowFeatures, Rows));
    }

    [Fact]
    public void AFeatureScaledByAllPulsesOfABatteryIsCaught()
    {
        static IReadOnlyList<double[]> Leaking(FeatureCell battery) =>
            [.. battery.RowFeatures.Select(row => (double[])[.. row, row[0] / battery.RowFeatures.Max(other => other[0])])];
        Assert.Equal(0, TruncatedHistory.FirstDifference(Leaking(Battery("whole", isChanged: false)), Leaking(Battery("other", isChanged: true)), CutAt));
    }

    [Fact]
    public void TheMeasuredCapacityAmongTheFeaturesIsCaught()
    {
        static IReadOnlyList<double[]> Leaking(FeatureCell battery) => [.. battery.RowFeatures.Select((row, k) => (double[])[.. row, 10 * battery.TargetValues[k]])];
        Assert.Equal(0, TruncatedHistory.FirstDifference(Leaking(Battery("whole", isChanged: false)), Leaking(Battery("other", isChanged: true)), CutAt));
    }

    // One battery at five states of charge. Changed: its pulses from the third on, and the capacity found when it was emptied at the end.
    FeatureCell Battery(string name, bool isChanged)
    {
        string path = Path.Combine(_folder, name + ".csv");
        IEnumerable<string> Row(int row)
        {
            double soh = isChanged ? 0.6 : 0.9, shiftV = isChanged && row >= CutAt ? 0.3 : 0;
            yield return string.Create(CultureInfo.InvariantCulture, $"LMO,10,A,{10 * soh},{soh},{5 * (row + 1)}");
            for (int pulse = 1; pulse <= 21; pulse++) yield return (3.5 + 0.05 * row + shiftV + (1 + shiftV) * 0.02 * Math.Sin(pulse)).ToString(CultureInfo.InvariantCulture);
        }

        File.WriteAllLines(path, ["Mat,Qn,ID,Q,SOH,SOC," + string.Join(',', Enumerable.Range(1, 21).Select(k => $"U{k}")), .. Enumerable.Range(0, Rows).Select(row => string.Join(',', Row(row)))]);
        return Assert.Single(PulseBatSet.Cells(FeatureCsv.Read(path), "LMO"));
    }
}
