using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Numerics;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>Lithium over the radius of the particles: the surface's at its end, the mean's within.</summary>
public class ParticleProfileTests
{
    [Theory]
    [InlineData("chen2020", ModelKind.Spm)]
    [InlineData("chen2020", ModelKind.Dfn)]
    [InlineData("ecker2015", ModelKind.Spme)]
    public void AProfileEndsAtTheSurfaceAndHoldsTheMean(string id, ModelKind kind)
    {
        var set = PhysicsSets.Of(id);
        var cell = CellFactory.Create(kind, set, Resolution.Normal, false);
        var runner = new ExperimentRunner(cell);
        Assert.True(runner.Run(new ExperimentParser(set.CapacityAh).Parse("Discharge at 1C for 900 s"))[0].Succeeded);
        cell.Evaluate(900, runner.State, new double[cell.Size]);
        (double negative, double positive) = cell.StoichiometryAt(runner.State, 1);
        Assert.Equal(cell.Surface.NegativeStoichiometry, negative, 1e-12);
        Assert.Equal(cell.Surface.PositiveStoichiometry, positive, 1e-12);
        (double[] nodes, double[] weights) = GaussLegendre.OnUnitInterval(24);
        double inNegative = 0, inPositive = 0;
        for (int q = 0; q < nodes.Length; q++)
        {
            (double there, double other) = cell.StoichiometryAt(runner.State, nodes[q]);
            (inNegative, inPositive) = (inNegative + 3 * nodes[q] * nodes[q] * weights[q] * there, inPositive + 3 * nodes[q] * nodes[q] * weights[q] * other);
        }

        Assert.Equal(cell.MeanStoichiometry(runner.State).Negative, inNegative, 1e-10);
        Assert.Equal(cell.MeanStoichiometry(runner.State).Positive, inPositive, 1e-10);
    }
}
