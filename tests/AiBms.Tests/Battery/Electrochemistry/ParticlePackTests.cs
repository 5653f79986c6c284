using AiBms.Battery.Electrochemistry.SingleParticle;

namespace AiBms.Tests.Battery.Electrochemistry;

public class ParticlePackTests
{
    [Fact]
    public void LikeCellsDoWhatOneCellDoes()
    {
        var set = PhysicsSets.Of("chen2020");
        var one = new SingleParticleCell(set, 8);
        double[] state = new double[one.StateCount];
        one.Rest(state, 0.9);
        var pack = new ParticlePack(set, 3, CellSpread.Draw(6, 0, 0, 0.9, 1));
        for (int k = 0; k < 200; k++)
        {
            double currentA = k < 100 ? -5 : 3;
            one.Step(state, currentA, 25, 10);
            Assert.True(pack.Step(3 * currentA, 10));
            Assert.Equal(2 * one.VoltageV(state, currentA, 25), pack.PackVoltageV, 1e-9);
        }
    }

    [Fact]
    public void UnlikeCellsShareOneVoltageAndTheWholeCurrent()
    {
        var set = PhysicsSets.Of("chen2020");
        var spread = CellSpread.Draw(40, 0.05, 0.01, 0.8, 7);
        var pack = new ParticlePack(set, 10, spread);
        double[] first = [.. Enumerable.Range(0, 40).Select(i => pack.MeanStoichiometry(i).Negative)];
        double[] charge = new double[40];
        for (int k = 0; k < 600; k++)
        {
            Assert.True(pack.Step(-50, 1));
            for (int group = 0; group < 40; group += 10)
            {
                double sum = 0;
                for (int i = group; i < group + 10; i++)
                {
                    sum += pack.CurrentA[i];
                    Assert.Equal(pack.VoltageV[group], pack.VoltageV[i], 1e-5);
                }

                Assert.Equal(-50, sum, 1e-9);
            }
        }

        // A cell of low resistance gives more at first.
        int low = Array.IndexOf(spread, spread.Take(10).MinBy(c => c.ResistanceOhm / c.CapacityFactor)), high = Array.IndexOf(spread, spread.Take(10).MaxBy(c => c.ResistanceOhm / c.CapacityFactor));
        Assert.True(pack.CurrentA[low] < pack.CurrentA[high]);
        double area = set.ElectrodeCapacityAh(set.Negative);
        double taken = Enumerable.Range(0, 10).Sum(i => (first[i] - pack.MeanStoichiometry(i).Negative) * area * spread[i].CapacityFactor);
        Assert.Equal(50 * 600 / 3600.0, taken, 1e-9);
    }

    [Fact]
    public void AnEmptyParticleEndsThePack()
    {
        var pack = new ParticlePack(PhysicsSets.Of("chen2020"), 1, CellSpread.Draw(2, 0, 0.01, 0.05, 1));
        int steps = 0;
        while (steps < 100 && pack.Step(-10, 60)) steps++;
        Assert.InRange(steps, 1, 10);
    }

    [Fact]
    public void CellsThatFillNoGroupAreRefused() =>
        Assert.Contains("do not fill groups", Assert.Throws<ArgumentException>(() => new ParticlePack(PhysicsSets.Of("chen2020"), 3, CellSpread.Draw(4, 0, 0, 1, 1))).Message, StringComparison.Ordinal);
}
