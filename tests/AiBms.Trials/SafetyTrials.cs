using AiBms.Agent.Protection;
using AiBms.Battery.Packs;
using AiBms.Tests.House;
using AiBms.Tests.Safety;
using CsCheck;

namespace AiBms.Trials;

/// <summary>The long trials of the protection: <c>./test --trials safety</c>.</summary>
[Trait("Long", "safety")]
public class SafetyTrials(ITestOutputHelper output)
{
    [Fact]
    public void TenMillionStepsBreakNoLaw()
    {
        const long Wanted = 10_000_000;
        long steps = 0, closed = 0;
        while (steps < Wanted)
            SafetyEvent.Sequence.Sample(events =>
            {
                (int ran, int shut) = SafetyBench.Run(events);
                Interlocked.Add(ref steps, ran);
                Interlocked.Add(ref closed, shut);
            }, iter: 500, threads: 1, print: events => string.Join('\n', events));
        output.WriteLine($"{steps:N0} steps, contactors closed in {closed:N0}; no law broken");
        Assert.True(closed > steps / 10);
    }

    [Theory]
    [InlineData("ev_96s2p_immersion", 3.7f)]
    [InlineData("module_12s_coldplate", 3.7f)]
    [InlineData("stationary_16s1p_lfp", 3.3f)]
    public void TwoMillionStepsOfEachShippedPackBreakNoLaw(string pack, float restV)
    {
        const long Wanted = 2_000_000;
        var limits = ProtectionFile.Parse(File.ReadAllBytes(Repo.At($"packs/protection/{pack}.json")), pack).ToLimits(new PackCatalogue(Repo.At("packs")).Find(pack));
        long steps = 0, closed = 0;
        while (steps < Wanted)
            SafetyEvent.Sequence.Sample(events =>
            {
                (int ran, int shut) = SafetyBench.Run(events, limits, restV);
                Interlocked.Add(ref steps, ran);
                Interlocked.Add(ref closed, shut);
            }, iter: 100, threads: 1, print: events => string.Join('\n', events));
        output.WriteLine($"{pack}: {steps:N0} steps, contactors closed in {closed:N0}; no law broken");
        Assert.True(closed > steps / 10);
    }

    [Fact]
    public void AThousandNominalHoursWithoutATrip()
    {
        long steps = 0;
        double leastShare = 1;
        for (int seed = 100; seed < 120; seed++)
        {
            (long ran, double share) = NominalDays.Run(50, seed);
            (steps, leastShare) = (steps + ran, Math.Min(leastShare, share));
        }

        output.WriteLine($"1000 h in {steps:N0} steps: no trip, at least {leastShare:P1} of the charge table allowed");
        Assert.True(leastShare >= 0.9);
    }

    [Fact]
    public void ThirtyDaysAtTheColdEdge()
    {
        int most = 0, sum = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            int toggles = ColdEdge.Run(seed, 0.1 * (seed % 12), 0.1 * (seed % 5) - 0.2).Toggles;
            (most, sum) = (Math.Max(most, toggles), sum + toggles);
        }

        output.WriteLine($"30 days around the edge, wander to 1.1 K: at most {most} toggles a day, {sum} in all");
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public void RunawayIsWarnedOfBeforeTheTemperatureLimit()
    {
        foreach (bool gasFitted in (bool[])[false, true])
        {
            var scores = Enumerable.Range(1000, 100).Select(seed => RunawayScore.Run(seed, gasFitted)).ToArray();
            double[] limit = [.. scores.Select(s => s.GainedOnLimitS).Order()], cell = [.. scores.Select(s => s.GainedOnCellS).Order()];
            output.WriteLine($"{(gasFitted ? "with" : "without")} gas sensor: {scores.Count(s => s.Warned)} of 100 warned; gained on the probe's 60 °C: median {limit[50]:0.0} s, " +
                $"least {limit[0]:0.0}, most {limit[99]:0.0}; on the cell's 200 °C: median {cell[50]:0.0} s, least {cell[0]:0.0}, most {cell[99]:0.0}");
            Assert.All(scores, s => Assert.True(s.Warned));
            Assert.True(limit[50] > 0);
        }
    }
}
