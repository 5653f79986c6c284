using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Trials.Telemetry;

/// <summary>Every time series of the data folder opens, with the flags that the documentation names and no others.</summary>
public class DataFolderOpens
{
    /// <summary>Folders and files of features, capacities and labels: tables, but no time series.</summary>
    static readonly string[] NoTimeSeries =
    [
        "charge-features/", "severson/", "pulsebat/", "lg-18650hg2/CAPACITIES.csv", "lg-m50/ocv_25degC.csv", "nasa-pcoe/tests.csv",
    ];

    static string Folder
    {
        get
        {
            string? folder = Environment.GetEnvironmentVariable("AIBMS_DATA");
            Assert.SkipWhen(folder is null, "skipped: no data folder");
            return folder!;
        }
    }

    static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file)).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    [Fact]
    public void EveryTimeSeriesOpens()
    {
        var dialects = new SortedDictionary<string, (int Files, long Rows)>(StringComparer.Ordinal);
        List<string> refused = [];
        foreach (string file in Files.Where(file => !NoTimeSeries.Any(part => file.StartsWith(part, StringComparison.Ordinal))))
        {
            try
            {
                Recording recording = RecordingDoor.Open(Path.Combine(Folder, file), FlagsFor(file));
                (int files, long rows) = dialects.GetValueOrDefault(recording.Findings.Dialect);
                dialects[recording.Findings.Dialect] = (files + 1, rows + recording.RowCount);
                Assert.True(Unusable(recording) <= Math.Max(3, 0.02 * recording.RowCount), $"{file}: {Unusable(recording)} of {recording.RowCount} rows cannot be used");
            }
            catch (DataException problem)
            {
                refused.Add(problem.Message);
            }
        }

        foreach ((string dialect, (int files, long rows)) in dialects)
            TestContext.Current.TestOutputHelper?.WriteLine($"{dialect}: {files} files, {rows} rows");
        Assert.Empty(refused);
        Assert.Equal(361, dialects.Values.Sum(count => count.Files));
    }

    [Fact]
    public void EveryOtherTableIsRefusedInOneSentence()
    {
        foreach (string file in Files.Where(file => NoTimeSeries.Any(part => file.StartsWith(part, StringComparison.Ordinal))))
        {
            string message = Assert.Throws<DataException>(() => RecordingDoor.Open(Path.Combine(Folder, file))).Message;
            Assert.Contains("no dialect", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheSignsAreThoseThatThePublishersState()
    {
        Assert.All(Files.Where(file => file.StartsWith("dmegc", StringComparison.Ordinal) || file.StartsWith("ev-field", StringComparison.Ordinal)),
            file => Assert.Equal(CurrentSign.Discharge, RecordingDoor.Open(Path.Combine(Folder, file)).Findings.CurrentSign));
        Assert.All(Files.Where(file => file.StartsWith("samsung", StringComparison.Ordinal) || file.StartsWith("k2", StringComparison.Ordinal) || file.StartsWith("nasa-pcoe/B", StringComparison.Ordinal) || file.StartsWith("bmw", StringComparison.Ordinal)),
            file => Assert.Equal(CurrentSign.Charge, RecordingDoor.Open(Path.Combine(Folder, file)).Findings.CurrentSign));
    }

    [Theory]
    [InlineData("lg-m50/rate_test.csv.gz", 11)]
    [InlineData("lg-m50/pulse.csv.gz", 180)]
    [InlineData("dmegc-electrothermal/cell_R1.csv.gz", 55)]
    [InlineData("nasa-pcoe/B0005_discharge.csv.gz", 168)]
    public void SeriesAreFound(string file, int count)
    {
        Recording recording = RecordingDoor.Open(Path.Combine(Folder, file));
        Assert.Equal(count, recording.Series.Count);
        Recording last = RecordingDoor.Open(Path.Combine(Folder, file), new() { Series = recording.Series[^1].Name });
        Assert.Equal(recording.Series[^1].RowCount, last.RowCount);
        Assert.Equal(0, last.TimeS[0]);
    }

    static int Unusable(Recording recording) =>
        recording.Flags.Count(flag => (flag & (RowFlags.MissingValue | RowFlags.Malformed | RowFlags.ImpossibleValue)) != RowFlags.None);

    /// <summary>As docs/reference/dialects.md says: bare probes have no rate, and a current without a voltage no sign.</summary>
    static RecordingOptions FlagsFor(string file) => file.Contains(".lvm", StringComparison.Ordinal)
        ? new() { SamplePeriodS = 1 }
        : file.StartsWith("drive-cycles", StringComparison.Ordinal) ? new() { CurrentSign = CurrentSign.Discharge } : new();
}
