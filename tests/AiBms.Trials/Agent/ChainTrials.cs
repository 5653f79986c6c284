using AiBms.Tests.Agent.Chain;

namespace AiBms.Trials.Agent;

/// <summary>The long trials of the whole chain with the simulated pack: <c>./test --trials chain</c>.</summary>
[Trait("Long", "chain")]
public class ChainTrials(ITestOutputHelper output)
{
    [Theory]
    [InlineData("ev_96s2p_immersion")]
    [InlineData("module_12s_coldplate")]
    [InlineData("stationary_16s1p_lfp")]
    public void AThousandNominalHoursWithoutATrip(string id)
    {
        double leastShare = 1, slowestS = 0, hottest = 0;
        int charges = 0;
        for (int seed = 200; seed < 220; seed++)
        {
            var seen = NominalUse.Run(id, 50, seed);
            (leastShare, slowestS, hottest, charges) = (Math.Min(leastShare, seen.LeastShare), Math.Max(slowestS, seen.StartS), Math.Max(hottest, seen.HottestDegC), charges + seen.Cycles);
            Assert.True(seen is { OpenSteps: 0, LeastShare: >= 0.9, StartS: <= 2 }, $"seed {seed}: {seen}");
        }

        output.WriteLine($"{id}: 1000 h, {charges} charges, no trip; slowest start {slowestS:0.00} s; at least {leastShare:P1} of the charge table allowed; hottest core {hottest:0.0} °C");
    }

    [Fact]
    public void ThirtyDaysAtTheColdEdge()
    {
        int limits = 0, currents = 0, warm = 0, sum = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            var seen = ColdDay.Run(seed, 0.1 * (seed % 12), 0.1 * (seed % 5) - 0.2);
            (limits, currents, warm, sum) = (Math.Max(limits, seen.LimitToggles), Math.Max(currents, seen.CurrentToggles), warm + seen.WarmSteps, sum + seen.LimitToggles);
            Assert.True(seen is { RefusedWarm: 0, AllowedCold: 0 }, $"seed {seed}: {seen}");
        }

        output.WriteLine($"30 days around the edge: the limit toggles at most {limits} times a day ({sum} in all), the current at most {currents} times; {warm:N0} steps 2 K above the edge, charging allowed in all");
        Assert.InRange(limits, 1, 3);
        Assert.InRange(currents, 1, 3);
    }
}
