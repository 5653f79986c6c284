using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Networks;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery.Estimation.Edge;

/// <summary>Features and network of a microcontroller say what those in double say, from the same readings.</summary>
public class EdgeNetSocTests
{
    const double TenthOfAPoint = 1e-3;

    static (ModelFile File, CellType Cell) Load(string name)
    {
        var file = ModelCatalogue.Read(Path.Combine(Repo.Root, "models", name + ".json"));
        return (file, new CellCatalogue(Path.Combine(Repo.Root, "cells")).Find(file.Cells[0]));
    }

    static CellSample[] Drive(CellType cell, int count)
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, count).Select(k => new CellSample(k, cell.CapacityAh * (k % 200 < 50 ? 0 : -random.NextDouble()), 3.9 - 0.0002 * k + 0.02 * random.NextDouble(), 24))];
    }

    [Fact]
    public void FeaturesAreThoseInDouble()
    {
        var (_, cell) = Load("soc_gru_lg_hg2");
        SocFeatures full = new(cell, SocFeatures.Measured);
        EdgeFeatures edge = new(new(cell));
        foreach (var sample in Drive(cell, 4000))
        {
            Assert.True(full.Step(sample));
            Assert.True(edge.Step(1, (float)sample.CurrentA, (float)sample.VoltageV, (float)sample.TemperatureDegC));
            // Voltages of 4 V in float are known to 2.4e-7; a mean over twenty minutes adds up a thousand such roundings.
            for (int k = 0; k < full.Values.Length; k++) Assert.Equal(full.Values[k], edge.Value(k), 5e-5);
        }
    }

    [Theory]
    [InlineData("soc_gru_lg_hg2"), InlineData("soc_mlp_lg_hg2"), InlineData("soc_tcn_lg_hg2"), InlineData("soc_ridge_lg_hg2")]
    public void TheNetworkSaysWhatItSaysInDouble(string name)
    {
        var (file, cell) = Load(name);
        SocNetworkEstimator full = new(cell, file);
        EdgeNetSoc edge = new(new(cell), file);
        full.Start(SocStart.Unknown);
        int known = 0;
        foreach (var sample in Drive(cell, 3000))
        {
            var expected = full.Step(sample);
            var told = edge.Step(1, (float)sample.CurrentA, (float)sample.VoltageV, (float)sample.TemperatureDegC);
            Assert.Equal(expected.Validity != SocValidity.OutOfRange, told.IsKnown);
            if (!told.IsKnown) continue;
            known++;
            Assert.Equal(expected.Soc, told.Soc, TenthOfAPoint);
        }

        Assert.True(known > 1000);
    }

    [Fact]
    public void NothingIsKnownWithoutAVoltageOrBeyondTheTraining()
    {
        var (file, cell) = Load("soc_gru_lg_hg2");
        EdgeNetSoc net = new(new(cell), file);
        Assert.False(net.Step(1, -1, float.NaN, 25).IsKnown);
        Assert.True(net.Step(1, -1, 3.7f, 25).IsKnown);
        Assert.False(net.Step(1, -1, 3.7f, 80).IsKnown);
        Assert.True(net.Step(1, float.NaN, float.NaN, 25).IsKnown);
    }

    [Fact]
    public void AModelThatAsksTheFilterIsRefused()
    {
        var (file, cell) = Load("soc_gru-correct_lg_hg2");
        Assert.Null(EdgeFeatures.NumbersOf(file));
        Assert.Throws<ArgumentException>(() => new EdgeNetSoc(new(cell), file));
    }
}
