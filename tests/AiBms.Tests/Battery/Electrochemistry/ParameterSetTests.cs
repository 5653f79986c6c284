using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Tests.Battery.Electrochemistry;

public class ParameterSetTests
{
    static readonly ParameterSetCatalogue Catalogue = new(Path.Combine(House.Repo.Root, "cells", "physics"));

    public static TheoryData<string> Names => [.. Catalogue.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void EverySetNamesItsSourceAndHoldsItsNominalCapacity(string name)
    {
        var set = Catalogue.Find(name);
        Assert.Equal(name, set.Id);
        Assert.Contains("doi", set.Source, StringComparison.Ordinal);
        // Between its cut-offs at rest a cell holds about its nominal capacity; Marquis2019 states that of one Kokam layer for
        // electrodes of Newman's Dualfoil, which hold 28 % more; graphite and silicon of the composite hold 15 % more than the layer they stand for.
        Assert.InRange(new ElectrodeBalance(set).CapacityAh / set.CapacityAh, 0.85, name is "marquis2019" or "chen2020_composite" ? 1.3 : 1.15);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EverySetRunsInEveryModel(string name)
    {
        var set = Catalogue.Find(name);
        foreach (var kind in Enum.GetValues<ModelKind>())
        {
            if (set.IsBlended && kind != ModelKind.Dfn)
            {
                Assert.Contains("use the model dfn", Assert.Throws<ArgumentException>(() => CellFactory.Create(kind, set, Resolution.Coarse, false)).Message, StringComparison.Ordinal);
                continue;
            }

            var runner = new ExperimentRunner(CellFactory.Create(kind, set, Resolution.Coarse, false));
            (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(0.8);
            runner.Rest(negative, positive);
            var results = runner.Run(new ExperimentParser(set.CapacityAh).Parse("Discharge at C/2 for 1800 s; Charge at C/2 for 1800 s"));
            Assert.All(results, r => Assert.Equal(StepEnd.Time, r.End));
            Assert.Equal(0, results.Sum(r => r.ChargeAh), 1e-9);
            // What comes out is less than what goes in: the second law.
            Assert.True(results.Sum(r => r.EnergyWh) > 0);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"id\": \"x\",\n")]
    public void AFileThatIsEmptyOrCutOffSaysSo(string text)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("aibms-set-").FullName, "cut.json");
        File.WriteAllText(path, text);
        Assert.Contains("empty or cut off", Assert.Throws<FormatException>(() => Catalogue.Find(path)).Message, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void SocRunsBetweenTheCutOffsAndBack()
    {
        var set = Catalogue.Find("chen2020");
        var balance = new ElectrodeBalance(set);
        foreach (var (soc, volts) in ((double, double)[])[(0, set.LowerVoltageV), (1, set.UpperVoltageV)])
        {
            (double negative, double positive) = balance.Stoichiometries(soc);
            Assert.Equal(volts, set.Positive.OpenCircuitPotentialV.At(positive, 298.15) - set.Negative.OpenCircuitPotentialV.At(negative, 298.15), 1e-9);
            Assert.Equal(soc, balance.Soc(negative), 1e-12);
        }
    }

    [Theory]
    [InlineData("{}", "'cell' is missing")]
    [InlineData("{\"cell\": {\"referenceTemperatureK\": \"warm\"}}", "'referenceTemperatureK' must be a number")]
    public void ABrokenSetSaysWhatIsWrong(string json, string part) =>
        Assert.Contains(part, Assert.Throws<FormatException>(() => ParameterSetReader.Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void AnUnknownNameListsTheKnownOnes() =>
        Assert.Contains("chen2020", Assert.Throws<KeyNotFoundException>(() => Catalogue.Find("nobody")).Message, StringComparison.Ordinal);

    [Fact]
    public void ATableIsASplineThroughItsPoints()
    {
        // The potential of OKane2022 is a table: knots are met to the resampling's accuracy, and slope agrees with differences.
        var potential = Catalogue.Find("okane2022").Negative.OpenCircuitPotentialV;
        for (double x = 0.1; x < 0.9; x += 0.05)
        {
            potential.At(x, 298.15, out double slope);
            Assert.Equal((potential.At(x + 1e-4, 298.15) - potential.At(x - 1e-4, 298.15)) / 2e-4, slope, 2e-3);
        }
    }
}
