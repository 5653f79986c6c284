using System.Globalization;
using System.Text;
using AiBms.Battery.Cells;
using AiBms.Learning.Datasets;
using AiBms.Learning.Training;
using AiBms.Numerics;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;
using AiBms.Tests.Battery.Estimation;
using AiBms.Tests.House;

namespace AiBms.Tests.Learning.Training;

/// <summary>Recordings of a user's own: whole ones are on one side of the split, their ambient is their own, and what cannot be learnt from is told.</summary>
public sealed class OwnRecordingsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-own-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static CellType Cell => new CellCatalogue(Repo.At("cells")).Find("sample_nmc");

    void Write(string name, int rows = 1600, double ambientDegC = 20, Func<int, string>? soc = null)
    {
        StringBuilder text = new("time_s,current_a,voltage_v,temperature_c,ambient_c,soc\n");
        Random random = new(name.GetHashCode(StringComparison.Ordinal));
        for (int k = 0; k < rows; k++)
            text.Append(CultureInfo.InvariantCulture, $"{k},{-random.NextDouble():0.0000},{3.9 - 0.0001 * k:0.0000},{ambientDegC + 0.001 * k:0.00},{ambientDegC:0.0},{soc?.Invoke(k) ?? (0.9 - 0.0001 * k).ToString("0.00000", CultureInfo.InvariantCulture)}\n");
        File.WriteAllText(Path.Combine(_folder, name), text.ToString());
    }

    [Fact]
    public void AFolderIsDividedByWholeRecording()
    {
        for (int k = 0; k < 6; k++) Write($"drive{k}.csv");
        var (items, description) = OwnRecordings.Open(_folder, Cell);
        Assert.Equal(["drive4.csv"], items.Where(item => item.File.Part == SplitPart.Choose).Select(item => item.File.RelativePath));
        Assert.Equal(5, items.Count(item => item.File.Part == SplitPart.Train));
        Assert.Contains("6 recordings of a user", description, StringComparison.Ordinal);
        // Whole: not a row of any was cut off.
        Assert.All(items, item => Assert.Equal(1600, item.Labelled.Soc.Length));
    }

    [Fact]
    public void OfFewTheLastIsChosenOn()
    {
        Write("a.csv");
        Write("b.csv");
        Assert.Equal([SplitPart.Train, SplitPart.Choose], OwnRecordings.Open(_folder, Cell).Items.Select(item => item.File.Part));
    }

    [Theory]
    [InlineData("drive.csv", 25)]
    [InlineData("drive-cold.csv", 0)]
    public void TheAmbientIsThatOfTheRecording(string name, double expectedDegC) =>
        Assert.All(OwnRecordings.Open(Repo.At("data/" + name), Cell).Items, item => Assert.Equal(expectedDegC, item.File.AmbientDegC));

    [Fact]
    public void ARecordingWithoutAKnownSocIsRefused()
    {
        Write("known.csv");
        Write("unknown.csv", soc: _ => "nan");
        var problem = Assert.Throws<DataException>(() => OwnRecordings.Open(_folder, Cell));
        Assert.StartsWith("unknown has 0 rows with SOC, current and voltage, of 1600", problem.Message.Replace(".csv", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderWithoutRecordingsIsRefused() =>
        Assert.Contains("holds no recording", Assert.Throws<DataException>(() => OwnRecordings.Open(_folder, Cell)).Message, StringComparison.Ordinal);

    [Fact]
    public void AStreamWithNothingToLearnFromEnds()
    {
        var drive = MadeUp.Drive(rows: 900);
        LabelledRecording blind = new() { Recording = drive.Recording, Soc = [.. drive.Soc.Select(_ => double.NaN)], ReferenceAh = 2, ReferenceFraction = 0 };
        SocTrainingItem item = new(new() { RelativePath = "blind.csv", Cycle = "", AmbientDegC = 25, Group = "25", ReferenceAh = 2, ReferenceFraction = 0, Part = SplitPart.Train }, blind, SyntheticDrive.Cell);
        SocStream stream = new([item], AiBms.Battery.Estimation.Networks.SocFeatures.Measured, SeededStream.For(1, "blind"), perturbs: false);
        Assert.Contains("'blind.csv'", Assert.Throws<DataException>(() => stream.Next()).Message, StringComparison.Ordinal);
    }
}
