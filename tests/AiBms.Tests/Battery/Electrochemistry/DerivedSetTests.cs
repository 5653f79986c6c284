using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>Sets that are another set with other numbers, and the numbers themselves.</summary>
public class DerivedSetTests
{
    [Theory]
    [InlineData("chen2020")]
    [InlineData("ecker2015")]
    [InlineData("prada2013")]
    public void EveryNumberTakesWhatItIsGiven(string name)
    {
        var set = PhysicsSets.Of(name);
        foreach (var parameter in SetParameters.All)
        {
            double value = parameter.Get(set);
            if (!(value > 0)) continue;
            Assert.Equal(0.9 * value, parameter.Get(parameter.With(set, 0.9 * value)), 1e-12 * value);
        }
    }

    /// <summary>A formula that mixes temperature in becomes a table after many calls, 1e-8 off.</summary>
    [Fact]
    public void AFunctionIsScaledAsAWhole()
    {
        var set = PhysicsSets.Of("ecker2015");
        var twice = SetParameters.Find("negative.diffusivity").Scale(set, 2);
        foreach (double x in (double[])[0.1, 0.5, 0.9])
        {
            double before = set.Negative.DiffusivityM2PerS.At(x, 310, out double slope), integral = set.Negative.DiffusivityM2PerS.IntegralAt(x, 310, out _);
            Assert.Equal(2 * before, twice.Negative.DiffusivityM2PerS.At(x, 310, out double twiceSlope), 1e-6 * before);
            Assert.Equal(2 * slope, twiceSlope, 1e-6 * Math.Abs(slope));
            Assert.Equal(2 * integral, twice.Negative.DiffusivityM2PerS.IntegralAt(x, 310, out double value), 1e-6 * integral);
            Assert.Equal(2 * before, value, 1e-6 * before);
        }
    }

    [Fact]
    public void AFileTakesTheNumbersOfItsBase()
    {
        string folder = Directory.CreateTempSubdirectory("aibms-sets").FullName;
        try
        {
            string path = Path.Combine(folder, "mine.json");
            File.WriteAllText(path, """{ "id": "mine", "base": "chen2020", "capacityAh": 4.9, "changes": { "negative.exchangeCurrent": 0.5, "contactResistance": 0.01 } }""");
            var set = new ParameterSetCatalogue(PhysicsSets.Folder).Find(path);
            Assert.Equal(("mine", 4.9, 0.01), (set.Id, set.CapacityAh, set.ContactResistanceOhm));
            Assert.Equal(0.5, set.Negative.ExchangeCurrent.ReferenceAPerM2, 1e-12);
            Assert.Equal(PhysicsSets.Of("chen2020").Positive.ThicknessM, set.Positive.ThicknessM);
            File.WriteAllText(path, """{ "id": "mine", "base": "mine.json", "changes": {} }""");
            Assert.Contains("base", Assert.Throws<FormatException>(() => new ParameterSetCatalogue(PhysicsSets.Folder).Find(path)).Message, StringComparison.Ordinal);
            File.WriteAllText(path, """{ "id": "mine", "base": "chen2020", "changes": { "negative.colour": 1 } }""");
            Assert.Contains("negative.colour", Assert.Throws<FormatException>(() => new ParameterSetCatalogue(PhysicsSets.Folder).Find(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
