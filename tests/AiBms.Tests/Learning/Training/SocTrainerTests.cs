using System.Globalization;
using System.Text;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;
using AiBms.Tests.House;

namespace AiBms.Tests.Learning.Training;

/// <summary>A method cannot reach beyond its split, nor say that it learnt from less than it was handed.</summary>
public sealed class SocTrainerTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-trainer-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Looks for the data that it was not handed, and keeps silent about what it was.</summary>
    sealed class Cheat : SocTrainer
    {
        public string SeenPath { get; private set; } = "not asked";

        public override string Method => "cheat";

        public override string Title => "a method that cheats";

        public override IReadOnlyDictionary<string, string> Defaults { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

        protected override ModelFile Learn(TrainingRequest request, SocTrainingData data, ITrainingWatch watch)
        {
            SeenPath = request.DataPath;
            var file = SocModels.Frame(this, request, data);
            return file with { Training = file.Training with { Train = ["nothing"], Choose = [], RowSamples = [] } };
        }
    }

    sealed class Silent : ITrainingWatch
    {
        public void Say(string sentence)
        {
        }

        public void Report(in TrainingPoint point)
        {
        }
    }

    [Fact]
    public void WhatAMethodIsHandedIsWhatItsModelSays()
    {
        foreach (string name in (string[])["a.csv", "b.csv"])
        {
            StringBuilder text = new("time_s,current_a,voltage_v,temperature_c,ambient_c,soc\n");
            Random random = new(name[0]);
            for (int k = 0; k < 1600; k++) text.Append(CultureInfo.InvariantCulture, $"{k},{-random.NextDouble():0.0000},{3.9 - 0.0001 * k:0.0000},20,20,{0.9 - 0.0001 * k:0.00000}\n");
            File.WriteAllText(Path.Combine(_folder, name), text.ToString());
        }

        Cheat cheat = new();
        TrainingRequest request = new()
        {
            DataPath = _folder,
            Set = SocTrainingData.Own,
            CellId = "sample_nmc",
            Cells = new(Repo.At("cells")),
            Seed = 1,
            Command = "",
            CodeVersion = "",
            Options = cheat.Defaults,
        };
        var file = cheat.Train(request, new Silent());
        Assert.Empty(cheat.SeenPath);
        Assert.Equal(["a.csv"], file.Training.Train);
        Assert.Equal(["b.csv"], file.Training.Choose);
        Assert.Equal(2, file.Training.RowSamples.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain("", file.Training.RowSamples);
    }
}
