using AiBms.Agent.Live;

namespace AiBms.Tests.Agent.Live;

/// <summary>An idle pack opens its contactors, keeps what it knows and is only looked at; a charger, an order or the time wakes it.</summary>
public class SleepTests
{
    const double AfterS = 60, WakeAfterS = 120;

    [Fact]
    public void AStandingPackSleepsAndTheChargerWakesIt()
    {
        using var rig = Standing(wakeAfterS: 1e6);
        Assert.True(Until(rig, pack => pack.IsAsleep, 600), "it did not fall asleep");
        Assert.False(rig.Pack.Chain.Command.PlusClosed || rig.Pack.Chain.Command.MinusClosed);
        double soc = rig.Pack.Chain.State.MeanSoc.Soc, deviation = rig.Pack.Chain.State.MeanSoc.SocDeviation, sleptS = rig.Pack.TimeS;
        Assert.True(Until(rig, pack => !pack.IsAsleep, 3600), "the charger did not wake it");
        Assert.True(rig.Pack.Chain.Reading.ChargerConnected);
        Assert.True(rig.Pack.TimeS - sleptS > 60, "it hardly slept");
        // What was known is known: it is not searched for anew.
        Assert.Equal(soc, rig.Pack.Chain.State.MeanSoc.Soc, 0.02);
        Assert.InRange(rig.Pack.Chain.State.MeanSoc.SocDeviation, 0, 2 * deviation + 0.01);
        Assert.True(Until(rig, pack => pack.Chain.Command is { PlusClosed: true, MinusClosed: true }, 60), "it did not go on line to be charged");
    }

    [Fact]
    public void ItWakesForALookAndSleepsAgain()
    {
        using var rig = Standing(WakeAfterS);
        Assert.True(Until(rig, pack => pack.IsAsleep, 600));
        double sleptS = rig.Pack.TimeS;
        Assert.True(Until(rig, pack => !pack.IsAsleep, 600));
        Assert.Equal(WakeAfterS, rig.Pack.TimeS - sleptS, 1.5);
        Assert.True(Until(rig, pack => pack.IsAsleep, AfterS + 30), "it did not sleep again");
    }

    [Fact]
    public void AnOrderWakesIt()
    {
        using var rig = Standing(wakeAfterS: 1e6);
        Assert.True(Until(rig, pack => pack.IsAsleep, 600));
        rig.Pack.Order(new() { Mode = AiBms.Battery.Control.CoolingMode.Eco });
        Assert.True(rig.Pack.Step());
        Assert.False(rig.Pack.IsAsleep);
    }

    /// <summary>Driven for the last of its charge, so that it soon stands.</summary>
    static LiveRig Standing(double wakeAfterS)
    {
        LiveRig rig = new("module_12s_coldplate", 0.5, LiveRig.Blank with { Sleep = new() { AfterS = AfterS, WakeAfterS = wakeAfterS } });
        rig.RestartLater(1, soc: 0.252);
        Assert.True(Until(rig, pack => pack.Chain.Command.PlusClosed, 60));
        return rig;
    }

    static bool Until(LiveRig rig, Func<LivePack, bool> isTrue, double mostS)
    {
        double untilS = rig.Port.TimeS + mostS;
        while (!isTrue(rig.Pack))
        {
            if (rig.Port.TimeS > untilS) return false;
            Assert.True(rig.Pack.Step());
        }

        return true;
    }
}
