using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Groups;
using AiBms.Battery.Electrochemistry.SingleParticle;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>Packs of any model against a single cell and against the vectorised pack of single particles.</summary>
public class PhysicsPackTests
{
    static readonly Resolution s_close = new(6, 3, 8, 1e-6);

    [Theory]
    [InlineData(ModelKind.Spme)]
    [InlineData(ModelKind.Dfn)]
    public void EqualCellsShareEvenlyAndRunAsOneDoes(ModelKind kind)
    {
        var set = PhysicsSets.Of("chen2020");
        var pack = new PhysicsPack(kind, set, s_close, 3, [.. Enumerable.Repeat(new CellSpread(1, 1, 0, 0.9), 6)]);
        Assert.True(pack.Run(-15, 300));
        Assert.True(pack.Run(6, 200));
        for (int i = 0; i < 6; i++) Assert.Equal(2, pack.CurrentA(i), 1e-9);

        var cell = CellFactory.Create(kind, set, s_close, false);
        // A script keeps SPMe on the same finite volumes.
        var runner = new ExperimentRunner(cell) { Script = new() };
        (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(0.9);
        runner.Rest(negative, positive);
        runner.Run(new ExperimentParser(5).Parse("Discharge at 5 A for 300 s; Charge at 2 A for 200 s"));
        Assert.Equal(2 * cell.VoltageV(runner.State), pack.PackVoltageV, 1e-5);
        Assert.Equal(cell.MeanStoichiometry(runner.State).Negative, pack.MeanStoichiometry(4).Negative, 1e-9);
    }

    [Fact]
    public void SpreadCellsShareAsInTheVectorisedPack()
    {
        var set = PhysicsSets.Of("chen2020");
        var spread = CellSpread.Draw(8, 0.05, 0.01, 0.8, 3);
        var pack = new PhysicsPack(ModelKind.Spm, set, s_close, 4, spread);
        var vectors = new ParticlePack(set, 4, spread);
        Assert.True(pack.Run(-20, 600));
        for (int i = 0; i < 600; i++) Assert.True(vectors.Step(-20, 1));
        for (int i = 0; i < 8; i++) Assert.Equal(vectors.CurrentA[i], pack.CurrentA(i), 2e-3);
        Assert.Equal(vectors.PackVoltageV, pack.PackVoltageV, 2e-4);
    }

    /// <summary>Kirchhoff's laws and the conservation of lithium, for cells that differ in everything.</summary>
    [Fact]
    public void CurrentsAddUpAndCarryTheLithium()
    {
        var set = PhysicsSets.Of("chen2020");
        var spread = CellSpread.Draw(5, 0.05, 0.01, 0.8, 4);
        var pack = new PhysicsPack(ModelKind.Dfn, set, s_close, 5, spread);
        double before = Enumerable.Range(0, 5).Sum(i => pack.MeanStoichiometry(i).Negative * spread[i].CapacityFactor);
        Assert.True(pack.Run(-25, 400));
        Assert.Equal(-25, Enumerable.Range(0, 5).Sum(pack.CurrentA), 1e-5);
        double after = Enumerable.Range(0, 5).Sum(i => pack.MeanStoichiometry(i).Negative * spread[i].CapacityFactor);
        Assert.Equal(-25 * 400 / 3600.0, (after - before) * set.ElectrodeCapacityAh(set.Negative), 1e-6);
    }

    [Fact]
    public void CellsThatFillNoGroupsAreRefused() =>
        Assert.Throws<ArgumentException>(() => new PhysicsPack(ModelKind.Dfn, PhysicsSets.Of("chen2020"), s_close, 2, [new CellSpread(1, 1, 0, 0.5)]));
}
