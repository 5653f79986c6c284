using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Boards;
using AiBms.Learning.Datasets;
using AiBms.Telemetry;
using AiBms.Tests.House;

namespace AiBms.Tests.Learning.Boards;

/// <summary>A model that saw what is tested is refused by name, whatever its method.</summary>
public sealed class ModelLeaksTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-leak-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static DatasetFile Tested(string path) => new() { RelativePath = path, Cycle = "UDDS", AmbientDegC = 25, Group = "25", ReferenceAh = 2.778, ReferenceFraction = 0.012, Part = SplitPart.Test };

    static ModelFile Shipped => ModelCatalogue.Read(Repo.At("models/soc_gru_lg_hg2.json"));

    static ModelFile With(string[] train, string[] choose) => Shipped with { Training = Shipped.Training with { Train = train, Choose = choose } };

    [Theory]
    [InlineData("lg-18650hg2/1hz/25degC/551_UDDS.csv.gz")]
    [InlineData("elsewhere/551_UDDS.csv")]
    [InlineData("551_UDDS (first 80 %)")]
    [InlineData("551_udds")]
    public void ATestedRecordingUnderAnyNameIsFoundInTrainingAndInChoosing(string unit)
    {
        DatasetFile[] tested = [Tested("lg-18650hg2/1hz/25degC/551_UDDS.csv.gz")];
        var train = Assert.Throws<DataException>(() => ModelLeaks.Refuse(With(["a/1_Mixed1.csv", unit], []), tested, "which this board tests"));
        Assert.Contains($"soc_gru_lg_hg2 was trained, chosen or calibrated on '{unit}', which this board tests", train.Message, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => ModelLeaks.Refuse(With(["a/1_Mixed1.csv"], [unit]), tested, ""));
        ModelLeaks.Refuse(With(["a/1_Mixed1.csv"], ["a/1_Mixed8.csv", "a/1551_UDDS.csv"]), tested, "");
    }

    [Fact]
    public void AModelThatDoesNotSayWhatItSawIsRefused() => Assert.Throws<DataException>(() => ModelLeaks.Refuse(With([], []), [Tested("x.csv")], ""));

    [Fact]
    public void TheBoardRefusesItInEverySplit()
    {
        string drives = Path.Combine(_folder, "lg-18650hg2/1hz/25degC"), models = Path.Combine(_folder, "models");
        Directory.CreateDirectory(drives);
        Directory.CreateDirectory(models);
        foreach (string name in (string[])["551_UDDS", "552_Mixed1"])
        {
            var drive = MadeUp.Drive(4000).Recording;
            File.WriteAllLines(Path.Combine(drives, name + ".csv"), ["time_s,voltage_v,current_a,temperature_c,capacity_ah",
                .. Enumerable.Range(0, drive.RowCount).Select(r => FormattableString.Invariant($"{drive.TimeS[r]},{drive.VoltageV[r]},{drive.CurrentA[r]},{drive.TemperatureDegC[r] / 4},{drive.ChargeAh![r]}"))]);
        }

        var cell = new CellCatalogue(Repo.At("cells")).Find("lg_hg2") with { Fit = [] };
        void Save(params string[] train) => File.WriteAllText(Path.Combine(models, "soc_gru_lg_hg2.json"), ModelText.Format(With(train, [])));
        SocBoardOptions options = new() { Rungs = SocRung.With(new(models)), Methods = ["gru"], Quick = true };
        Save("a/552_Mixed1.csv.gz");
        Assert.NotEmpty(SocBoard.Run(LgHg2.Describe(_folder), cell, _folder, options).Files);
        // Trained at the ambient that the other split keeps unseen, not on a tested recording.
        Assert.Throws<DataException>(() => SocBoard.RunUnseen(_folder, _ => cell, options with { UnseenRungs = SocRung.Learned(new(models)) }));
        Save("a/552_Mixed1.csv.gz", "a/551_UDDS.csv.gz");
        Assert.Throws<DataException>(() => SocBoard.Run(LgHg2.Describe(_folder), cell, _folder, options));
        // The same model under another seed's name.
        Assert.Throws<DataException>(() => SocBoard.Run(LgHg2.Describe(_folder), cell, _folder, options with { Methods = ["count"], SeedRungs = [.. SocRung.Learned(new(models)).Where(rung => rung.Name == "gru")] }));
    }
}
