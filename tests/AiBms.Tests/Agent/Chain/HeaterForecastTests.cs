using AiBms.Battery.Simulation.Twin;

namespace AiBms.Tests.Agent.Chain;

/// <summary>What is forecast of a cold pack that is warmed for a charge, on the whole chain with the simulated pack.</summary>
public class HeaterForecastTests
{
    const int WarmUpS = 0, EveryS = 60, TimesAsked = 10, AheadS = 600, TenMinutes = 3;

    [Fact]
    public void AHeaterThatRunsIsForeseen()
    {
        var rig = new LoopRig("ev_96s2p_immersion", 5, startSoc: 0.5, startDegC: -20);
        rig.Start(-20);
        List<(int AtS, double NowDegC, double ThenDegC)> asked = [];
        Dictionary<int, double> hotDegC = [];
        for (int t = 1; t <= WarmUpS + TimesAsked * EveryS + AheadS; t++)
        {
            rig.Step(TwinLoad.Charger(-20));
            hotDegC[t] = rig.Loop.Twin.Truth.CoreDegC.ToArray().Max();
            if (t > WarmUpS && t % EveryS == 0 && asked.Count < TimesAsked) asked.Add((t, hotDegC[t], rig.Chain.State.HotSpotForecast[TenMinutes].TemperatureDegC));
        }

        double rise = asked.Average(a => hotDegC[a.AtS + AheadS] - a.NowDegC), off = asked.Average(a => Math.Abs(hotDegC[a.AtS + AheadS] - a.ThenDegC));
        Assert.True(rise > 3, $"it warmed by {rise} K only");
        Assert.True(off < 0.25 * rise, $"it warmed by {rise} K, which the forecast missed by {off} K");
    }
}
