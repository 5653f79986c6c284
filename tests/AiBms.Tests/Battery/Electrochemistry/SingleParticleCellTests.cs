using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.SingleParticle;

namespace AiBms.Tests.Battery.Electrochemistry;

public class SingleParticleCellTests
{
    [Fact]
    public void ItsStepsAgreeWithTheStiffSolver()
    {
        var set = PhysicsSets.Of("chen2020");
        var cell = new SingleParticleCell(set, particleTerms: 8);
        double[] state = new double[cell.StateCount];
        cell.Rest(state, 0.8);

        var solved = CellFactory.Create(ModelKind.Spm, set, new(4, 2, 8, 1e-7), false);
        var runner = new ExperimentRunner(solved);
        (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(0.8);
        runner.Rest(negative, positive);
        var parser = new ExperimentParser(set.CapacityAh);
        foreach (var (text, currentA, stepS) in ((string, double, double)[])[("Discharge at 5 A for 10 s", -5, 10), ("Charge at 3 A for 300 s", 3, 300), ("Rest for 60 s", 0, 60)])
        {
            runner.Run(parser.Parse(text));
            cell.Step(state, currentA, 25, stepS);
            Assert.Equal(solved.VoltageV(runner.State), cell.VoltageV(state, currentA, 25), 5e-6);
        }
    }

    [Fact]
    public void ChargingHardAndColdComesNearPlating()
    {
        var cell = new SingleParticleCell(PhysicsSets.Of("chen2020"));
        double[] state = new double[cell.StateCount];
        cell.Rest(state, 0.7);
        double rest = cell.PlatingMarginV(state, 0, 25), mild = cell.PlatingMarginV(state, 1, 25), hard = cell.PlatingMarginV(state, 10, 25);
        Assert.True(rest > mild && mild > hard);
        Assert.True(cell.PlatingMarginV(state, 10, -10) < hard);
    }

    [Fact]
    public void AVaryingDiffusivityIsRefused() =>
        Assert.Contains("closed form", Assert.Throws<ArgumentException>(() => new SingleParticleCell(PhysicsSets.Of("ecker2015"))).Message, StringComparison.Ordinal);
}
