namespace AiBms.Tests.Safety;

public class LivenessTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void NominalDaysNeverTripAndAllowTheTablesCurrent(int seed)
    {
        (long steps, double leastShare) = NominalDays.Run(20, seed);
        Assert.True(steps > 60_000 && leastShare >= 0.9, $"{steps} steps, {leastShare:P1}");
    }

    [Theory]
    [InlineData(1, 0.5, 0)]
    [InlineData(2, 1.0, 0.2)]
    [InlineData(3, 0.2, 0.1)]
    public void ADayAtTheColdEdgeTogglesAtMostThreeTimes(int seed, double wanderK, double offsetK) =>
        Assert.InRange(ColdEdge.Run(seed, wanderK, offsetK).Toggles, 1, 3);

    [Theory]
    [InlineData(4, 0.5, 3)]
    [InlineData(5, 3.0, 0)]
    public void ChargingIsAllowedWhereverItIsTwoKelvinAboveTheEdge(int seed, double wanderK, double offsetK)
    {
        (_, int refusedWarm, int warmSteps) = ColdEdge.Run(seed, wanderK, offsetK);
        Assert.True(warmSteps > 10_000, $"{warmSteps}");
        Assert.Equal(0, refusedWarm);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EverySimulatedRunawayIsWarnedOf(bool gasFitted)
    {
        for (int seed = 0; seed < 10; seed++) Assert.True(RunawayScore.Run(seed, gasFitted).Warned, $"seed {seed}");
    }
}
