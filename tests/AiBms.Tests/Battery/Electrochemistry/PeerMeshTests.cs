using AiBms.Battery.Electrochemistry.Dfn;
using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Battery.Electrochemistry.Particles;
using AiBms.Numerics.Stiff;

namespace AiBms.Tests.Battery.Electrochemistry;

/// <summary>The discretisation of another tool, for comparisons.</summary>
public class PeerMeshTests
{
    /// <summary>The quasi-steady profile is a parabola, whose surface lies R·N/5D beyond the mean; shells and straight line come to it with order two.</summary>
    [Fact]
    public void EvenShellsComeToTheQuasiSteadyRiseWithOrderTwo()
    {
        double Error(int count)
        {
            var shells = SphereModes.Shells(count);
            double rise = 0;
            for (int k = 1; k < count; k++) rise += 3 * shells.SurfaceValues[k] * shells.InputValues[k] / shells.Eigenvalues[k];
            return Math.Abs(rise - 0.2);
        }

        Assert.InRange(Math.Log2(Error(20) / Error(40)), 1.8, 2.2);
    }

    [Fact]
    public void TheSolverInvertsItsJacobianToo()
    {
        var set = PhysicsSets.Of("chen2020");
        var system = new DfnSystem(set, new() { NegativeCells = 5, SeparatorCells = 3, PositiveCells = 4, ParticleTerms = 5, LikePyBamm = true });
        double[] state = JacobianCheck.StateInUse(system, 0.8, 0.35, -5);
        JacobianCheck.SolveInvertsAShiftedJacobian(system, state, 0.02);
    }
}
