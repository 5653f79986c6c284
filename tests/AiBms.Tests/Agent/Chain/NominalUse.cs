using AiBms.Battery.Simulation.Twin;

namespace AiBms.Tests.Agent.Chain;

/// <summary>A healthy pack in daily use: an hour's driving, a rest, a charge, a rest.</summary>
static class NominalUse
{
    /// <summary>What was seen.</summary>
    /// <param name="StartS">Seconds from asking to closed.</param>
    /// <param name="LeastShare">Least share of the charge table that the envelope allowed from 10 s after closing on.</param>
    /// <param name="OpenSteps">Steps with open contactors after the start.</param>
    /// <param name="Why">The first reason for either, if any.</param>
    /// <param name="HottestDegC">Hottest core, °C.</param>
    /// <param name="Cycles">Charges from the first to the last.</param>
    public sealed record Seen(double StartS, double LeastShare, long OpenSteps, string Why, double HottestDegC, int Cycles);

    public static Seen Run(string packId, double hours, int seed)
    {
        var random = new Random(seed);
        var rig = new LoopRig(packId, seed);
        double ambientDegC = 20 + 8 * random.NextDouble(), currentA = 0, phaseS = 0;
        double startS = rig.Start(ambientDegC), endS = rig.Loop.Twin.Truth.TimeS + 3600 * hours, leastShare = 1, hottest = 0;
        double largestA = rig.Settings.DischargeTable.CurrentA[^1];
        long open = 0;
        int cycles = 0, wait = 10;
        bool charged = true;
        string why = "";
        while (rig.Loop.Twin.Truth.TimeS < endS)
        {
            double inCycleS = rig.Loop.Twin.Truth.TimeS % (4 * 3600);
            bool drives = inCycleS < 3600, charges = inCycleS is > 5400 and < 11_400;
            if ((phaseS -= 1) < 0) (phaseS, currentA) = (random.Next(5, 60), random.Next(8) == 0 ? 0.15 * largestA : -0.7 * largestA * random.NextDouble() * random.NextDouble());
            bool isLow = rig.Chain.State.Soc.Soc < 0.15;
            rig.Step(charges ? TwinLoad.Charger(ambientDegC) : drives && !isLow ? TwinLoad.Current(currentA, ambientDegC) : TwinLoad.Rest(ambientDegC));
            if (charges && !charged) cycles++;
            charged = charges;
            if (!rig.IsClosed)
            {
                open++;
                if (why.Length == 0) why = $"{rig.Chain.Safety.State} at {rig.Loop.Twin.Truth.TimeS:0} s, {rig.Chain.Safety.ChargeBinding}";
            }

            foreach (double degC in rig.Loop.Twin.Truth.CoreDegC) hottest = Math.Max(hottest, degC);
            if (wait-- > 0) continue;
            double share = rig.ChargeShare;
            if (share < 0.9 && why.Length == 0) why = $"{share:P0} at {rig.Loop.Twin.Truth.TimeS:0} s, {rig.Chain.Safety.ChargeBinding}";
            leastShare = Math.Min(leastShare, share);
        }

        return new(startS, leastShare, open, why, hottest, cycles);
    }
}
