using AiBms.Learning.Health;

namespace AiBms.Tests.Learning.Health;

/// <summary>Features of row k use nothing after k: a history cut short gives the same bits.</summary>
public class FeatureCausalityTests
{
    const int CutAt = 37;

    static readonly int[] s_changing = [0, 2];

    [Fact]
    public void HistoryOfChargesIsCausal() => Assert.Null(FirstDifference(charges => ChargeHistory.Of(charges, s_changing)));

    [Fact]
    public void AFeatureScaledByTheWholeLifeIsCaught()
    {
        // What published code does: least and greatest of the cell's whole life become 0 and 1.
        static IReadOnlyList<double[]> Leaking(IReadOnlyList<double[]> charges) =>
            [.. charges.Select(row => (double[])[(row[0] - charges.Min(r => r[0])) / (charges.Max(r => r[0]) - charges.Min(r => r[0]))])];
        Assert.NotNull(FirstDifference(Leaking));
    }

    [Fact]
    public void HistoryHasTheNamesItSays() => Assert.Equal(ChargeHistory.Names(["a", "b", "c"], s_changing).Count, ChargeHistory.Of(Charges(), s_changing)[5].Length);

    [Fact]
    public void WindowsThatWereLeftDoNotChangeAsTheChargeGoesOn()
    {
        var (timeS, currentA, voltageV, none) = Charge();
        double[] whole = ChargeWindows.Of(timeS, currentA, voltageV, none, 2), cut = ChargeWindows.Of(timeS.AsSpan(..2600), currentA.AsSpan(..2600), voltageV.AsSpan(..2600), none.AsSpan(..2600), 2);
        Assert.InRange(ChargeWindows.KnownWindows(cut), 1, ChargeWindows.KnownWindows(whole) - 1);
        for (int k = 0; k < ChargeWindows.KnownWindows(cut); k++) Assert.Equal(BitConverter.DoubleToInt64Bits(whole[k]), BitConverter.DoubleToInt64Bits(cut[k]));
    }

    [Fact]
    public void AWindowHoldsCurrentTimesTimeAndHalfOfAnExponentialTakesItsTimeConstant()
    {
        var (timeS, currentA, voltageV, none) = Charge();
        double[] row = ChargeWindows.Of(timeS, currentA, voltageV, none, 2);
        // 0.1 mV a second at 1 A: 0.1 V takes 1000 s, which is 1000/3600 Ah of a rated 2 Ah.
        Assert.Equal(1000.0 / 3600 / 2, row[0], 1e-9);
        // From 95 % to half of an exponential decay, two rows of 1 s apart at most.
        Assert.InRange(row[^3] * 3600, 900 * Math.Log(0.95 / 0.5) - 2, 900 * Math.Log(0.95 / 0.5) + 2);
    }

    [Fact]
    public void APartialChargeKnowsOnlyTheWindowsItCrossed()
    {
        var (timeS, currentA, voltageV, none) = Charge();
        double[] row = ChargeWindows.Of(timeS.AsSpan(2200..), currentA.AsSpan(2200..), voltageV.AsSpan(2200..), none.AsSpan(2200..), 2);
        Assert.True(double.IsNaN(row[0]));
        Assert.True(double.IsFinite(row[3]));
    }

    [Fact]
    public void HowAChargeBeganDoesNotChangeAsItGoesOn()
    {
        var (timeS, currentA, voltageV, _) = Charge();
        currentA[0] = 0;
        double[] whole = ChargeStart.Of(timeS, currentA, voltageV, 2), cut = ChargeStart.Of(timeS.AsSpan(..700), currentA.AsSpan(..700), voltageV.AsSpan(..700), 2);
        // Charging begins at 1 s; 600 s later the voltage is 3.7 V + 601 · 0.1 mV, and 1500 s have not passed in the part.
        Assert.Equal(3.7 + 601e-4, whole[3], 1e-9);
        Assert.Equal(whole[..4], cut[..4]);
        Assert.True(double.IsNaN(cut[4]));
    }

    [Fact]
    public void TheDischargeBeforeAChargeSaysHowDeepAndHowHardNotHowLong()
    {
        double[] currentA = [.. Enumerable.Repeat(-2.0, 100), 0, 0], voltageV = [.. Enumerable.Range(0, 100).Select(k => 4.0 - 0.01 * k), 3.2, 3.3];
        Assert.Equal([3.01, 1, 3.3, 0.29], LastDischarge.Of(Seconds(102), currentA, voltageV, 2).Take(4).Select(value => Math.Round(value, 9)));
        // As long again where no window lies, above the first and below the last: the same figures.
        double[] longer = [.. Enumerable.Repeat(4.0, 300), .. voltageV.Take(100), .. Enumerable.Repeat(3.01, 300), 3.2, 3.3];
        var more = LastDischarge.Of(Seconds(702), [.. Enumerable.Repeat(-2.0, 700), 0, 0], longer, 2);
        Assert.All(LastDischarge.Of(Seconds(102), currentA, voltageV, 2).Zip(more), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void WindowsOfADischargeCountOnlyWhereTheVoltageFallsThroughThem()
    {
        double[] currentA = [.. Enumerable.Repeat(-2.0, 46)], voltageV = [.. Enumerable.Range(0, 46).Select(k => 4.0 - 0.01 * k)];
        double[] windows = LastDischarge.Of(Seconds(46), currentA, voltageV, 2)[4..];
        // 10 mV a second at the rated current: ten seconds a window, until 3.55 V.
        Assert.All(windows.Take(3), value => Assert.Equal(10 / 3600.0, value, 1e-9));
        Assert.All(windows.Skip(3), value => Assert.True(double.IsNaN(value)));
        Assert.All(LastDischarge.Of(Seconds(26), currentA.AsSpan(20), voltageV.AsSpan(20), 2)[4..5], value => Assert.True(double.IsNaN(value)));
    }

    static double[] Seconds(int count) => [.. Enumerable.Range(0, count).Select(k => (double)k)];

    [Fact]
    public void ChargesOfARecordingAreFoundOneByOne()
    {
        var (timeS, currentA, voltageV, none) = Charge();
        int n = timeS.Length;
        // Charge, discharge of an hour at 1 A, the same charge again.
        double[] current = [.. currentA, .. Enumerable.Repeat(-1.0, 3600), .. currentA];
        double[] volts = [.. voltageV, .. Enumerable.Range(0, 3600).Select(k => 4.1 - 1e-4 * k), .. voltageV];
        AiBms.Telemetry.Readings.Recording recording = new()
        {
            Name = "made up",
            TimeS = [.. Enumerable.Range(0, current.Length).Select(k => (double)k)],
            CurrentA = current,
            VoltageV = volts,
            TemperatureDegC = [.. current.Select(_ => 25.0)],
            Flags = new AiBms.Telemetry.Readings.RowFlags[current.Length],
        };
        var charges = ChargeRow.Find(recording, 1, 2);
        Assert.Equal(2, charges.Count);
        double[] alone = ChargeWindows.Of(timeS, currentA, voltageV, [.. none.Select(_ => 25.0)], 2);
        for (int k = 0; k < 7; k++) Assert.Equal(alone[k], charges[1].RowFeatures[k], 2e-4);
        int last = ChargeRow.Names.Count - LastDischarge.Names.Count;
        Assert.True(charges[0].RowFeatures[last..].All(double.IsNaN));
        Assert.Equal(0.5, charges[1].RowFeatures[last + 1]);
        // What comes later changes nothing of a charge that is over.
        Assert.Equal(ChargeRow.Find(AiBms.Learning.Datasets.RecordingRows.Before(recording, n + 3600), 1, 2)[0].RowFeatures, charges[0].RowFeatures);
    }

    [Fact]
    public void EachSeriesOfAFileIsAChargeOfItsOwn()
    {
        var (timeS, currentA, voltageV, none) = Charge();
        int n = timeS.Length;
        AiBms.Telemetry.Readings.Recording recording = new()
        {
            Name = "two tests",
            TimeS = [.. timeS, .. timeS],
            CurrentA = [.. currentA, .. currentA],
            VoltageV = [.. voltageV, .. voltageV],
            TemperatureDegC = [.. none, .. none],
            Flags = new AiBms.Telemetry.Readings.RowFlags[2 * n],
            Series = [new("1", 0, n), new("2", n, n)],
        };
        var charges = ChargeRow.Find(recording, 1, 2);
        Assert.Equal([(0, n - 1), (n, 2 * n - 1)], charges.Select(charge => (charge.FirstRow, charge.LastRow)));
        Assert.Equal(charges[0].RowFeatures, charges[1].RowFeatures);
    }

    static (double[] TimeS, double[] CurrentA, double[] VoltageV, double[] TemperatureDegC) Charge()
    {
        // 3.7 V rising by 0.1 mV a second at 1 A to 4.2 V, then constant voltage with a time constant of 900 s.
        const int Knee = 5000, Rows = 7000;
        double[] timeS = [.. Enumerable.Range(0, Rows).Select(k => (double)k)];
        return (timeS, [.. timeS.Select(t => t <= Knee ? 1 : Math.Exp(-(t - Knee) / 900))], [.. timeS.Select(t => t <= Knee ? 3.7 + 1e-4 * t : 4.2)], [.. timeS.Select(_ => double.NaN)]);
    }

    static List<double[]> Charges()
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, 60).Select(k => (double[])[random.NextDouble(), k % 7 == 0 ? double.NaN : random.NextDouble(), 0.01 * k + random.NextDouble()])];
    }

    static int? FirstDifference(Func<IReadOnlyList<double[]>, IReadOnlyList<double[]>> features)
    {
        var charges = Charges();
        return TruncatedHistory.FirstDifference(features(charges), features(charges[..CutAt]), CutAt);
    }
}
