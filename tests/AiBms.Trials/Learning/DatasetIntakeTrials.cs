using AiBms.Learning.Datasets;
using AiBms.Telemetry.Readings;

namespace AiBms.Trials.Learning;

/// <summary>Intake against the measured data at hand.</summary>
public class DatasetIntakeTrials
{
    static readonly string? Data = Environment.GetEnvironmentVariable(DataFolder.Variable);

    public static TheoryData<string> Names() => [.. PublicDatasets.All.Select(set => set.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void ALaidOutSetIsTakenInWhole(string name)
    {
        string source = Path.Combine(Data ?? "", name);
        Assert.SkipWhen(Data is null || !Directory.Exists(source), "skipped: no data folder");
        string target = Directory.CreateTempSubdirectory("aibms intake ").FullName;
        try
        {
            var report = DatasetIntake.Add(PublicDatasets.Find(name), source, target, new Progress<long>());
            Assert.Empty(report.Ignored);
            Assert.Equal(Directory.GetFiles(source, "*", SearchOption.AllDirectories).Length, report.TakenCount);
        }
        finally
        {
            Directory.Delete(target, recursive: true);
        }
    }

    [Theory]
    [InlineData("551_Mixed1")]
    [InlineData("551_UDDS")]
    public void TenHertzAveragedIsTheOneHertzRecording(string name)
    {
        Assert.SkipWhen(Data is null, "skipped: no data folder");
        var averaged = OneHertz.Of(RecordingDoor.Open(Path.Combine(Data!, $"lg-18650hg2/10hz/25degC/{name}.csv.gz")));
        var given = RecordingDoor.Open(Path.Combine(Data!, $"lg-18650hg2/1hz/25degC/{name}.csv.gz"));
        Assert.Equal(given.TimeS, averaged.TimeS);

        // The files are rounded to five decimals, temperatures to three; the door counts charge from a recording's first row.
        for (int row = 0; row < given.RowCount; row++)
        {
            Assert.Equal(given.VoltageV[row], averaged.VoltageV[row], 5.1e-6);
            Assert.Equal(given.CurrentA[row], averaged.CurrentA[row], 5.1e-6);
            Assert.Equal(given.TemperatureDegC[row], averaged.TemperatureDegC[row], 5.1e-4);
            Assert.Equal(given.ChargeAh![row] - given.ChargeAh[0], averaged.ChargeAh![row] - averaged.ChargeAh[0], 1.1e-5);
        }
    }
}
