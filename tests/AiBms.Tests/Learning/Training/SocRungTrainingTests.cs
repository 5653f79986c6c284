using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;
using AiBms.Tests.House;

namespace AiBms.Tests.Learning.Training;

/// <summary>The list of SOC trainings is what the board reads, and times are kept beside the models.</summary>
public sealed class SocRungTrainingTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-times-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryMethodOfBothCellsFourMoreSeedsBothAndEachAmbientKeptOut()
    {
        var all = SocRungTraining.All;
        foreach (string set in (string[])["lg_hg2", "panasonic"]) Assert.Equal(SocNetworks.Methods, all.Where(entry => entry.Table == set).Select(entry => entry.Method));
        Assert.Equal([2, 3, 4, 5], all.Where(entry => entry.Table == "seeds").Select(entry => entry.Seed));
        Assert.Equal([-20, -10, 0, 10, 25, 40], all.Where(entry => entry.Method == SocNetworks.Best && entry.Table == "unseen").Select(entry => entry.WithoutAmbientDegC!.Value));
        Assert.Equal(all.Count, all.Select(entry => (entry.Folder, entry.Method, entry.Set, entry.WithoutAmbientDegC)).Distinct().Count());
    }

    [Fact]
    public void TheShippedModelIsWhatTheListMakes()
    {
        var options = ModelCatalogue.Read(Repo.At($"models/soc_{SocNetworks.Best}_lg_hg2.json")).Training.Options;
        Assert.Equal(options, SocRungTraining.OptionsOf(options));
    }

    [Fact]
    public void ACellThatWasMadeWithoutTheAmbientIsThereForEach()
    {
        CellCatalogue cells = new(Repo.At("cells"));
        Assert.All(SocRungTraining.All.Where(entry => entry.CellPath is not null), entry => Assert.Equal($"lg_hg2_without_{entry.WithoutAmbientDegC}", cells.Find(Repo.At(entry.CellPath!)).Id));
    }

    [Fact]
    public void ATimeIsReplacedAndTheOthersStay()
    {
        Assert.Empty(TrainingTimes.Read(_folder));
        TrainingTimes.Put(_folder, "soc_b", 12.34);
        TrainingTimes.Put(_folder, "soc_a", 5);
        TrainingTimes.Put(_folder, "soc_b", 7);
        Assert.Equal(new Dictionary<string, double> { ["soc_a"] = 5, ["soc_b"] = 7 }, TrainingTimes.Read(_folder));
    }

    [Fact]
    public void ANetworkOfTheSameKeyIsFittedOnceAndChargedTwice()
    {
        FittedNetworks fitted = new();
        int fits = 0;
        var model = ModelCatalogue.Read(Repo.At("models/soc_mean_lg_hg2.json"));
        ModelFile Fit()
        {
            fits++;
            double until = FittedNetworks.ProcessorS + 0.03;
            while (FittedNetworks.ProcessorS < until) { }
            return model;
        }

        fitted.Take("a", Fit);
        Assert.Equal(0, fitted.SharedS);
        Assert.Same(model, fitted.Take("a", Fit));
        Assert.True(fitted.SharedS >= 0.03);
        fitted.Take("b", Fit);
        Assert.Equal(2, fits);
    }
}
