using AiBms.Agent.Chain;
using AiBms.Agent.Protection;
using AiBms.Battery.Control;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;
using AiBms.Safety.Faults;
using AiBms.Tests.House;

namespace AiBms.Tests.Agent.Chain;

/// <summary>Cells that bleed are looked at in between, however seldom the pack is read: no tap is lost and no current is taken away for it.</summary>
public class BleedPaceTests
{
    [Theory]
    [InlineData("ev_96s2p_immersion", 1000)]
    [InlineData("module_12s_coldplate", 1000)]
    [InlineData("stationary_16s1p_lfp", 1000)]
    [InlineData("module_12s_coldplate", 250)]
    public void NoTapIsLostWhileItBleeds(string pack, int sampleMs)
    {
        var twin = TwinHome.Load(Repo.Root, pack) with { StartSoc = 0.9, Spread = new() { StartSoc = 0.03 } };
        var limits = (ProtectionFile.Parse(File.ReadAllBytes(Repo.At($"packs/protection/{pack}.json")), pack) with { SampleMs = sampleMs }).ToLimits(twin.Layout);
        TwinLoop loop = new(twin, limits);
        ChainRequest asks = new(true, new(true, 1, CoolingSetpoints.Of(CoolingMode.Balanced)));
        double stepS = 0.001 * sampleMs, bledS = 0, longestS = 0;
        double[] unseenS = new double[twin.Layout.SeriesCount];
        for (double timeS = 0; timeS < 5400; timeS += stepS)
        {
            loop.Step(asks, TwinLoad.Charger(25), timeS < 0.5 ? 0.1 : stepS);
            bledS += stepS * loop.Chain.Command.Bleed.Count(on => on);
            for (int i = 0; i < unseenS.Length; i++)
            {
                unseenS[i] = loop.Chain.Reading.CellQualities[i] == SignalQuality.Bleeding ? unseenS[i] + stepS : 0;
                longestS = Math.Max(longestS, unseenS[i]);
            }

            Assert.False(loop.Chain.Protection.Memory.Fault(FaultCode.CellVoltageLost).Active, $"{timeS} s");
        }

        Assert.True(bledS > 600, $"{bledS} s");
        Assert.InRange(longestS, 0.4, 6 * stepS);
    }
}
