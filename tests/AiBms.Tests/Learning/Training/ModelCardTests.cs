using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;
using AiBms.Tests.House;

namespace AiBms.Tests.Learning.Training;

/// <summary>A card says what its model file says, and the command in both tells every option. AIBMS_REWRITE=1 writes the cards anew.</summary>
public class ModelCardTests
{
    public static TheoryData<string> Models => [.. ((string[])["models", "models/unseen"]).SelectMany(folder => new ModelCatalogue(Repo.At(folder)).Files).Select(path => Path.GetRelativePath(Repo.Root, path))];

    [Theory, MemberData(nameof(Models))]
    public void TheCardIsThatOfTheFile(string path)
    {
        var file = ModelCatalogue.Read(Repo.At(path));
        string card = Path.ChangeExtension(Repo.At(path), ".md"), expected = ModelCard.Write(file);
        if (Environment.GetEnvironmentVariable("AIBMS_REWRITE") == "1") File.WriteAllText(card, expected);
        Assert.True(File.ReadAllText(card) == expected, $"{Path.GetRelativePath(Repo.Root, card)} is not the card of its model: run AIBMS_REWRITE=1 dotnet tests/AiBms.Tests/bin/Release/net10.0/AiBms.Tests.dll -class '*ModelCardTests'");
    }

    [Theory, MemberData(nameof(Models))]
    public void TheCommandTellsEveryOption(string path)
    {
        var training = ModelCatalogue.Read(Repo.At(path)).Training;
        Assert.All(training.Options, option => Assert.Contains($" {option.Key}={option.Value} ", training.Command, StringComparison.Ordinal));
        Assert.EndsWith($" --seed {training.Seed}", training.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatARegressionIsMadeOfAndHowABandWasMadeStandOnTheCard()
    {
        string Card(string id) => ModelCard.Write(ModelCatalogue.Read(Repo.At($"models/{id}.json")));
        Assert.Contains("Learner: average of", Card("soh_charges_xjtu"), StringComparison.Ordinal);
        Assert.Contains("| held out of folds | RMSE, in the unit of the output |", Card("rul_curves_severson"), StringComparison.Ordinal);
        var shipped = ModelCatalogue.Read(Repo.At("models/soc_gru-measures_lg_hg2.json"));
        Assert.Contains("`folds` 2", ModelCard.Write(shipped), StringComparison.Ordinal);
        Assert.Contains("recordings held out of trainings, 2 parts", ModelCard.Write(shipped), StringComparison.Ordinal);
        ModelFile With(string name, string value) => shipped with { Training = shipped.Training with { Options = new Dictionary<string, string>(shipped.Training.Options) { [name] = value } } };
        Assert.Contains("from the choosing recordings alone", ModelCard.Write(With("folds", "1")), StringComparison.Ordinal);
        Assert.Contains("after 5 min", ModelCard.Write(With("minutes", "5")), StringComparison.Ordinal);
    }
}
