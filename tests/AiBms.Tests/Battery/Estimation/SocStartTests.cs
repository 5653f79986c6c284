using AiBms.Battery.Estimation;

namespace AiBms.Tests.Battery.Estimation;

/// <summary>What is known of a start after nobody looked.</summary>
public class SocStartTests
{
    /// <summary>No time away, nothing lost: an agent that is started again and again knows as much as before.</summary>
    [Fact]
    public void ARestartAddsNothingByBeingOne()
    {
        double deviation = 0.04;
        for (int start = 0; start < 10; start++) deviation = SocStart.After(0.6, deviation, 0).SocDeviation;
        Assert.Equal(0.04, deviation, 1e-15);
    }

    /// <summary>A fifth of 1C for an hour, independent of what was not known before; a clock that ran backwards counts as no time.</summary>
    [Fact]
    public void TimeAwayWidensAndNothingIsWiderThanNothingKnown()
    {
        Assert.Equal(Math.Sqrt(0.05 * 0.05 + 0.2 * 0.2), SocStart.After(0.6, 0.05, 3600).SocDeviation, 1e-12);
        Assert.Equal(0.05, SocStart.After(0.6, 0.05, -3600).SocDeviation, 1e-15);
        Assert.Equal(SocStart.Unknown.SocDeviation, SocStart.After(0.6, 0.2, 1e9).SocDeviation);
    }
}
