using System.Text.Json;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Tests.Battery.Electrochemistry;

public class BpxWriterTests
{
    [Theory]
    [InlineData("chen2020")]
    [InlineData("ecker2015")]
    [InlineData("marquis2019")]
    [InlineData("prada2013")]
    public void WhatIsWrittenAndReadAgainIsTheSameCell(string name)
    {
        var set = PhysicsSets.Of(name);
        var again = Read(BpxWriter.Write(set), name);
        var (before, after) = (new ElectrodeBalance(set), new ElectrodeBalance(again));
        Assert.Equal(before.CapacityAh, after.CapacityAh, 1e-4 * before.CapacityAh);
        // Tables of half a per cent of stoichiometry: a steep end of a potential may be a millivolt off.
        for (double soc = 0.05; soc < 1; soc += 0.05) Assert.Equal(before.OpenCircuitV(soc, out _), after.OpenCircuitV(soc, out _), 1e-3);
        Assert.Equal(set.Negative.SurfacePerM, again.Negative.SurfacePerM, 1e-9 * set.Negative.SurfacePerM);
        Assert.Equal(set.Negative.InitialStoichiometry, again.Negative.InitialStoichiometry, 2e-3);
        foreach (double temperatureK in (double[])[288.15, 308.15])
        {
            Assert.Equal(1, again.Negative.DiffusivityM2PerS.At(0.4, temperatureK) / set.Negative.DiffusivityM2PerS.At(0.4, temperatureK), 1e-2);
            Assert.Equal(1, again.Positive.ExchangeCurrent.At(1, 0.6, out _) * again.Positive.ExchangeCurrent.Temperature.Factor(temperatureK)
                / (set.Positive.ExchangeCurrent.At(1, 0.6, out _) * set.Positive.ExchangeCurrent.Temperature.Factor(temperatureK)), 1e-9);
        }
    }

    [Fact]
    public void ADischargeOfTheFileIsADischargeOfTheSet()
    {
        var set = PhysicsSets.Of("chen2020");
        double[] voltageV = [.. ((ParameterSet[])[set, Read(BpxWriter.Write(set), "chen2020")]).Select(s =>
        {
            var cell = CellFactory.Create(ModelKind.Dfn, s, Resolution.Coarse, false);
            var runner = new ExperimentRunner(cell);
            Assert.True(runner.Run(new ExperimentParser(s.CapacityAh).Parse("Discharge at 1C for 1500 s"))[^1].Succeeded);
            return cell.VoltageV(runner.State);
        })];
        Assert.Equal(voltageV[0], voltageV[1], 1e-3);
    }

    [Fact]
    public void WhatTheStandardHasNoWordForIsNamedInTheFile()
    {
        string text = BpxWriter.Write(PhysicsSets.Of("chen2020") with { ContactResistanceOhm = 0.0123 });
        using var document = JsonDocument.Parse(text);
        Assert.Contains("0.0123 ohm", document.RootElement.GetProperty("Header").GetProperty("Description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfVersionOneTellsItsStateApart()
    {
        string text = BpxWriter.Write(PhysicsSets.Of("chen2020"));
        using var document = JsonDocument.Parse(text);
        Assert.Equal("1.0.0", document.RootElement.GetProperty("Header").GetProperty("BPX").GetString());
        Assert.False(document.RootElement.GetProperty("Parameterisation").GetProperty("Cell").TryGetProperty("Ambient temperature [K]", out _));
        string half = text.Replace("\"Ambient temperature [K]\": 298.15", "\"Ambient temperature [K]\": 283.15", StringComparison.Ordinal);
        Assert.Equal(283.15, Read(half, "x").AmbientTemperatureK);
    }

    static ParameterSet Read(string json, string id)
    {
        using var document = JsonDocument.Parse(json);
        Assert.True(BpxReader.IsBpx(document.RootElement));
        return BpxReader.Read(document.RootElement, id);
    }
}
