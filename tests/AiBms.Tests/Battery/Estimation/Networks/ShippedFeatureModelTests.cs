using AiBms.Battery.Estimation.Networks;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery.Estimation.Networks;

/// <summary>Every shipped model of health, life and temperature answers where it was trained, says so where it was not, and explains itself.</summary>
public class ShippedFeatureModelTests
{
    static readonly string[] s_models = ["soh", "rul", "temp"];

    static string Folder => Path.Combine(Repo.Root, "models");

    public static TheoryData<string> Models =>
        [.. new ModelCatalogue(Folder).Files.Select(path => Path.GetFileName(path)!).Where(name => s_models.Contains(name.Split('_')[0], StringComparer.Ordinal))];

    [Theory]
    [MemberData(nameof(Models))]
    public void AnswersInsideItsRangeAndSaysSoOutside(string name)
    {
        var file = ModelCatalogue.Read(Path.Combine(Folder, name));
        FeatureModel model = new(file);
        double[] usual = [.. file.Inputs.Select(input => input.Mean)], beyond = [.. file.Inputs.Select(input => input.Highest!.Value + 10 * Math.Max(1e-6, input.Highest.Value - input.Lowest!.Value))];
        var estimate = model.Estimate(usual);
        Assert.True(double.IsFinite(estimate.Value) && estimate.Low < estimate.Value && estimate.Value < estimate.High);
        Assert.True(estimate.IsInRange);
        Assert.False(model.Estimate(beyond).IsInRange);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void SaysWhatMadeItFromWhatAndUnderWhichLicence(string name)
    {
        var file = ModelCatalogue.Read(Path.Combine(Folder, name));
        Assert.Equal(Path.GetFileNameWithoutExtension(name), file.Id);
        Assert.StartsWith($"./aibms train --model {file.Model} --method {file.Method} --set ", file.Training.Command, StringComparison.Ordinal);
        Assert.NotEmpty(file.Training.Train);
        Assert.Empty(file.Training.Train.Intersect(file.Training.Choose));
        Assert.Equal(64, file.Training.DataHash.Length);
        Assert.All(file.Data, data => Assert.NotEqual("", data.Licence));
        Assert.Contains(file.Training.Command, File.ReadAllText(Path.Combine(Folder, file.Id + ".md")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void HoldsNoRowOfTheMeasuredDataItWasMadeFrom(string name)
    {
        static int Rows(RegressionFile? regression) => regression is null ? 0 : regression.Rows.Length + regression.Parts.Sum(Rows);
        Assert.Equal(0, Rows(ModelCatalogue.Read(Path.Combine(Folder, name)).Regression));
    }

    [Theory]
    [InlineData("lg_hg2")]
    [InlineData("panasonic_18650pf")]
    public void EveryForecastOfACellShips(string cell)
    {
        ModelCatalogue models = new(Folder);
        Assert.All((int[])[10, 60, 300, 600], horizonS => Assert.All((string[])["known", "unknown"], load => Assert.True(models.Knows("temp", $"{horizonS}s-{load}", cell))));
    }
}
