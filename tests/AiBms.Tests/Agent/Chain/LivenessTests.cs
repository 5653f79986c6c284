namespace AiBms.Tests.Agent.Chain;

/// <summary>Protection that always opens would be safe: what a healthy pack must be allowed to do, shown on the whole chain with the simulated pack.</summary>
public class LivenessTests
{
    [Theory]
    [InlineData("ev_96s2p_immersion")]
    [InlineData("module_12s_coldplate")]
    [InlineData("stationary_16s1p_lfp")]
    public void AHealthyPackStartsWithinTwoSecondsAndIsNeverCutOff(string id)
    {
        var seen = NominalUse.Run(id, 4, 1);
        Assert.True(seen.StartS <= 2, $"{seen}");
        Assert.True(seen is { OpenSteps: 0, LeastShare: >= 0.9 }, $"{seen}");
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1.1, 0.2)]
    public void ADayAtTheColdEdgeTogglesChargingAtMostThreeTimesAndChargesWhereItIsWarmer(int seed, double wanderK, double offsetK)
    {
        var seen = ColdDay.Run(seed, wanderK, offsetK);
        Assert.True(seen is { LimitToggles: <= 3, CurrentToggles: <= 3 }, $"{seen}");
        Assert.True(seen is { RefusedWarm: 0, AllowedCold: 0, WarmSteps: > 500 }, $"{seen}");
    }
}
