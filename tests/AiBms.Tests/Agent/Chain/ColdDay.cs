using AiBms.Battery.Control;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;

namespace AiBms.Tests.Agent.Chain;

/// <summary>A day whose temperature wanders around the edge below which charging is forbidden, on the whole chain with the simulated pack.</summary>
static class ColdDay
{
    /// <summary>What was seen.</summary>
    /// <param name="LimitToggles">How often the envelope began or ceased to allow charging.</param>
    /// <param name="CurrentToggles">How often the charger's current began or ceased.</param>
    /// <param name="WarmSteps">Steps with every probe 2 K above the edge for 5 s.</param>
    /// <param name="RefusedWarm">Those of them in which charging was not allowed.</param>
    /// <param name="ColdSteps">Steps with every probe 2 K below the edge for 5 s.</param>
    /// <param name="AllowedCold">Those of them in which charging was allowed.</param>
    public sealed record Seen(int LimitToggles, int CurrentToggles, int WarmSteps, int RefusedWarm, int ColdSteps, int AllowedCold);

    const double EdgeDegC = 0;

    public static Seen Run(int seed, double wanderK, double offsetK)
    {
        var random = new Random(seed);
        // No heater: it would leave the edge.
        var setpoints = CoolingSetpoints.Of(CoolingMode.Balanced) with { ChargeFloorDegC = -100 };
        var rig = new LoopRig("stationary_16s1p_lfp", seed, startSoc: 0.5, startDegC: EdgeDegC + 4) { Request = new(true, new(true, 1, setpoints)) };
        rig.Start(EdgeDegC + 4);
        double phase = random.NextDouble() * 6.28;
        int limits = 0, currents = 0, warm = 0, refused = 0, cold = 0, allowed = 0, warmFor = 0, coldFor = 0;
        bool? limitBefore = null, currentBefore = null;
        for (int t = 0; t < 86_400; t++)
        {
            double hours = t / 3600.0, wantedDegC = EdgeDegC + offsetK + wanderK * Math.Sin(2 * Math.PI * hours / 3 + phase) + 4 * Math.Max(0, 1 - hours);
            // A chamber that holds the coldest cell there, whatever the cells' own heat.
            double coldest = double.PositiveInfinity;
            foreach (double degC in rig.Loop.Twin.Truth.CaseDegC) coldest = Math.Min(coldest, degC);
            double ambientDegC = Math.Clamp(wantedDegC + 30 * (wantedDegC - coldest), -40, 40);
            // A load keeps the pack from being full.
            bool drains = t % 7200 > 5400;
            rig.Step(drains ? TwinLoad.Current(-60, ambientDegC) : TwinLoad.Charger(ambientDegC));
            if (t < 60) continue;
            (double low, double high) = Probes(rig);
            bool mayCharge = rig.Chain.Safety.ChargeLimitA > 0, charges = rig.Chain.Command.CurrentA > 0;
            if (limitBefore is { } l && l != mayCharge) limits++;
            if (currentBefore is { } c && !drains && c != charges) currents++;
            // After a load the current takes a while to rise.
            (limitBefore, currentBefore) = (mayCharge, drains || t % 7200 < 120 ? null : charges);
            warmFor = low >= EdgeDegC + 2 ? warmFor + 1 : 0;
            coldFor = high <= EdgeDegC - 2 ? coldFor + 1 : 0;
            if (warmFor >= 5) (warm, refused) = (warm + 1, refused + (mayCharge ? 0 : 1));
            if (coldFor >= 5) (cold, allowed) = (cold + 1, allowed + (mayCharge ? 1 : 0));
        }

        return new(limits, currents, warm, refused, cold, allowed);
    }

    static (double Low, double High) Probes(LoopRig rig)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int i = 0; i < rig.Chain.Reading.ProbeTemperatureDegC.Length; i++)
        {
            if (rig.Chain.Reading.ProbeQualities[i] != SignalQuality.Good) continue;
            (low, high) = (Math.Min(low, rig.Chain.Reading.ProbeTemperatureDegC[i]), Math.Max(high, rig.Chain.Reading.ProbeTemperatureDegC[i]));
        }

        return (low, high);
    }
}
