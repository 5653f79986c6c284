using System.Globalization;
using System.IO.Compression;
using AiBms.Learning.Datasets;
using AiBms.Learning.Health;
using AiBms.Telemetry.Readings;

namespace AiBms.Tests.Learning.Health;

/// <summary>Features of a life are of the first hundred cycles: nothing that comes later, nor how long the life was, changes a bit of them.</summary>
public sealed class LifeFeatureTests : IDisposable
{
    const double RatedAh = 1.1;
    const int Cycles = 104, DischargeRows = 16, ChargeRows = 3, CycleRows = DischargeRows + ChargeRows;

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-life").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void CyclesAfterTheHundredthChangeNothing() => Assert.Null(FirstDifference(recording => DischargeCurves.Features(recording, RatedAh)));

    [Fact]
    public void HowTheLifeEndsAmongTheFeaturesIsCaught() =>
        // The current of the last discharge of the recording, whichever cycle that is, as one more feature: how the life ends.
        Assert.Equal(0, FirstDifference(recording => [.. DischargeCurves.Features(recording, RatedAh), recording.CurrentA[^(ChargeRows + 1)]]));

    [Theory]
    [InlineData(1), InlineData(9), InlineData(49), InlineData(99)]
    public void ACycleThatIsReadFromDoesChangeThem(int cycle)
    {
        var (whole, other) = (Cycled(), Cycled());
        Weaken(other, cycle, cycle + 1);
        Assert.Equal(0, TruncatedHistory.FirstDifference([DischargeCurves.Features(whole, RatedAh)], [DischargeCurves.Features(other, RatedAh)], 1));
    }

    [Fact]
    public void ThePublishedTableGivesNoFeatureOfTheLifeItself()
    {
        // The same curves in tables that tell other lives, and other figures of the whole life.
        var (shorter, longer) = (Published("short", life: 500, slope: -1e-3), Published("long", life: 2000, slope: -1e-6));
        IReadOnlyList<double[]> Features(FeatureSet set) => [.. set.Cells.Select(cell => cell.RowFeatures[0])];
        IReadOnlyList<double[]> Leaking(FeatureSet set) => [.. set.Cells.Select(cell => (double[])[.. cell.RowFeatures[0], Math.Log(cell.TargetValues[0])])];
        Assert.Null(TruncatedHistory.FirstDifference(Features(shorter), Features(longer), 2));
        Assert.NotEqual(shorter.Cells[0].TargetValues, longer.Cells[0].TargetValues);
        Assert.Equal(0, TruncatedHistory.FirstDifference(Leaking(shorter), Leaking(longer), 2));
    }

    // The whole recording; and one whose cycles after the hundredth are of a cell that is at its end.
    static int? FirstDifference(Func<Recording, double[]> features)
    {
        var (whole, other) = (Cycled(), Cycled());
        Weaken(other, 100, Cycles);
        return TruncatedHistory.FirstDifference([features(whole)], [features(other)], 1)
            ?? TruncatedHistory.FirstDifference([features(whole)], [features(RecordingRows.Before(whole, 100 * CycleRows))], 1);
    }

    // From 3.5 to 2 V in an hour, the curve bending a little more with every cycle; then three rows of charge.
    static Recording Cycled()
    {
        int rows = Cycles * CycleRows;
        double[] currentA = new double[rows], voltageV = new double[rows];
        for (int k = 0; k < rows; k++)
        {
            int cycle = k / CycleRows, row = k % CycleRows;
            double depth = row / (DischargeRows - 1.0);
            (currentA[k], voltageV[k]) = row < DischargeRows ? (-1, 3.5 - 1.5 * Math.Pow(depth, 1 + 1e-3 * cycle)) : (1, 3.2 + 0.1 * row);
        }

        return new()
        {
            Name = "made up",
            TimeS = [.. Enumerable.Range(0, rows).Select(k => 240.0 * k)],
            CurrentA = currentA,
            VoltageV = voltageV,
            TemperatureDegC = [.. Enumerable.Repeat(30.0, rows)],
            Flags = new RowFlags[rows],
        };
    }

    static void Weaken(Recording recording, int first, int end)
    {
        for (int k = first * CycleRows; k < end * CycleRows; k++)
            if (recording.CurrentA[k] < 0) recording.CurrentA[k] = -0.7;
    }

    FeatureSet Published(string name, double life, double slope)
    {
        string data = Path.Combine(_folder, name), set = Path.Combine(data, "severson");
        Directory.CreateDirectory(Path.Combine(set, "qv"));
        Write(Path.Combine(set, "features.csv.gz"), "split,cell,cycle_life,qd_slope_2_100", [.. new[] { "train,1", "test1,2" }.Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell},{life},{slope}"))]);
        foreach (string cell in (string[])["train_cell01", "test1_cell02"])
            Write(Path.Combine(set, "qv", cell + "_qv.csv.gz"), "v,q_c2,q_c10,q_c50,q_c100", [.. Enumerable.Range(0, 30).Select(k => string.Create(CultureInfo.InvariantCulture, $"{3.5 - 0.05 * k},{0.036 * k},{0.0359 * k},{0.0355 * k - 1e-4 * (k % 3)},{0.035 * k - 1e-4 * (k % 5)}"))]);
        return SeversonSet.Read(data);
    }

    static void Write(string path, string header, string[] rows)
    {
        using StreamWriter writer = new(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        writer.Write(string.Join('\n', (string[])[header, .. rows, ""]));
    }
}
