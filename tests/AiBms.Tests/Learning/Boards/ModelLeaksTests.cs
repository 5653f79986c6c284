using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Boards;
using AiBms.Learning.Datasets;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;
using AiBms.Tests.House;

namespace AiBms.Tests.Learning.Boards;

/// <summary>A model that saw what is tested is refused by name and by rows, whatever its method.</summary>
public sealed class ModelLeaksTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-leak-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static DatasetFile Tested(string path) => new() { RelativePath = path, Cycle = "UDDS", AmbientDegC = 25, Group = "25", ReferenceAh = 2.778, ReferenceFraction = 0.012, Part = SplitPart.Test };

    static ModelFile Shipped => ModelCatalogue.Read(Repo.At("models/soc_gru_lg_hg2.json"));

    static ModelFile With(string[] train, string[] choose) => Shipped with { Training = Shipped.Training with { Train = train, Choose = choose, RowSamples = [.. train.Concat(choose).Select(_ => "")] } };

    static ModelFile Sampled(string sample) => Shipped with { Training = Shipped.Training with { Train = ["a.csv"], Choose = [], RowSamples = [sample] } };

    [Theory]
    [InlineData("lg-18650hg2/1hz/25degC/551_UDDS.csv.gz")]
    [InlineData("elsewhere/551_UDDS.csv")]
    [InlineData("551_UDDS (first 80 %)")]
    [InlineData("551_udds")]
    public void ATestedRecordingInAnyFolderIsFoundInTrainingAndInChoosing(string unit)
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
    public void ARenamedRecordingIsFoundByItsRowsWholeOrInPart()
    {
        var drive = MadeUp.Drive(3000, seed: 1).Recording;
        (string, IReadOnlySet<ulong>)[] tested = [("tested.csv", RowHash.All(drive))];
        static ModelFile Learnt(int from, int rows, int seed) => Sampled(RowHash.Sample(MadeUp.Drive(3000, seed: seed).Recording.Slice(new("part", from, rows))));
        var whole = Assert.Throws<DataException>(() => ModelLeaks.RefuseRows(Learnt(0, 3000, 1), tested, "which this board tests"));
        Assert.Contains("'a.csv', which shares rows with 'tested.csv', which this board tests", whole.Message, StringComparison.Ordinal);
        // A half of it, and a recording that holds it between other rows.
        Assert.Throws<DataException>(() => ModelLeaks.RefuseRows(Learnt(1500, 1500, 1), tested, ""));
        Assert.Throws<DataException>(() => ModelLeaks.RefuseRows(Learnt(0, 3000, 1), [("part.csv", RowHash.All(drive.Slice(new("part", 0, 1500))))], ""));
        ModelLeaks.RefuseRows(Learnt(0, 3000, 2), tested, "");
        Assert.Throws<DataException>(() => ModelLeaks.RefuseRows(Shipped with { Training = Shipped.Training with { RowSamples = [] } }, tested, ""));
    }

    [Fact]
    public void TheBoardRefusesItInEverySplit()
    {
        string drives = Path.Combine(_folder, "lg-18650hg2/1hz/25degC"), models = Path.Combine(_folder, "models");
        Directory.CreateDirectory(drives);
        Directory.CreateDirectory(models);
        foreach (string name in (string[])["551_UDDS", "552_Mixed1"])
        {
            var drive = MadeUp.Drive(4000, seed: name.Length).Recording;
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
        // A tested recording under a new name.
        var lg = LgHg2.Describe(_folder);
        string sample = RowHash.Sample(lg.Load(_folder, lg.Files.Single(file => file.Part == SplitPart.Test)).Recording);
        Assert.NotEmpty(sample);
        File.WriteAllText(Path.Combine(models, "soc_gru_lg_hg2.json"), ModelText.Format(Sampled(sample)));
        Assert.Contains("shares rows with 'lg-18650hg2/1hz/25degC/551_UDDS.csv'", Assert.Throws<DataException>(() => SocBoard.Run(lg, cell, _folder, options with { Rungs = SocRung.With(new(models)) })).Message, StringComparison.Ordinal);
        Save("a/552_Mixed1.csv.gz", "a/551_UDDS.csv.gz");
        Assert.Throws<DataException>(() => SocBoard.Run(LgHg2.Describe(_folder), cell, _folder, options));
        // The same model under another seed's name.
        Assert.Throws<DataException>(() => SocBoard.Run(LgHg2.Describe(_folder), cell, _folder, options with { Methods = ["count"], SeedRungs = [.. SocRung.Learned(new(models)).Where(rung => rung.Name == "gru")] }));
    }
}
