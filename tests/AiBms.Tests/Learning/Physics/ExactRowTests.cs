using AiBms.Battery.Electrochemistry;
using AiBms.Learning.Physics;
using AiBms.Tests.Battery.Electrochemistry;

namespace AiBms.Tests.Learning.Physics;

/// <summary>Models against solutions on paper.</summary>
public class ExactRowTests
{
    [Theory]
    [InlineData("chen2020", 20)]
    [InlineData("chen2020", 400)]
    [InlineData("marquis2019", 100)]
    public void ASmallSineSeesTheLinearImpedance(string id, double periodS) => Assert.InRange(SmallSine.RelativeError(PhysicsSets.Of(id), periodS), 0, 2e-3);

    /// <summary>Eighteen terms follow the surface from the first second on, when 1.5e-4 of R²/D have passed and the modes beyond hold some 1e-6 of N·R/D, a few 1e-4 of what has moved.</summary>
    [Fact]
    public void TheSurfaceFollowsTheSeriesOfAConstantFlux() => Assert.InRange(ExactRow.Sphere(PhysicsSets.Of("chen2020"), Resolution.Fine, 1), 0, 5e-4);

    [Fact]
    public void SteadySaltIsThatOfAStraightFlux() => Assert.InRange(ExactRow.Polarisation(PhysicsSets.Of("chen2020")), 0, 1e-5);
}
