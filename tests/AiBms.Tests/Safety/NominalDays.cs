using AiBms.Safety.Envelopes;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;

namespace AiBms.Tests.Safety;

/// <summary>A healthy pack in daily use: driving, fast charging, rests, a night; noisy sensors, irregular steps, lost samples.</summary>
static class NominalDays
{
    /// <summary>Runs for some hours and checks liveness at every step; gives the number of steps and the least share of the table that was allowed.</summary>
    public static (long Steps, double LeastShare) Run(double hours, int seed)
    {
        var random = new Random(seed);
        // With samples up to 1.5 s apart a signal counts as lost only after some of them.
        var limits = TestPacks.Module12 with { MaxStepMs = 2000, ProbeSignal = TestPacks.Module12.ProbeSignal with { LostMs = 6000 } };
        limits = limits with { CellSignal = limits.CellSignal with { LostMs = 6000 } };
        var rig = new SafetyRig(limits, 3.7f) { Close = true, StepMs = 50 };
        var soc = new double[12];
        var resistanceOhm = new double[12];
        for (int i = 0; i < 12; i++)
        {
            soc[i] = 0.6 + 0.01 * (random.NextDouble() - 0.5);
            resistanceOhm[i] = 0.0006 * (1 + 0.1 * (random.NextDouble() - 0.5));
        }

        double temperatureDegC = 25, currentA = 0, leastShare = 1, phaseS = 0;
        long steps = 0;
        int closedForMs = 0;
        bool charging = false;
        while (rig.ElapsedMs < hours * 3_600_000)
        {
            rig.StepMs = rig.Output.State == ProtectionState.Precharge || rig.ElapsedMs < 5000 ? 50 : random.Next(500, 1500);
            double stepS = 0.001 * rig.StepMs;
            if ((phaseS -= stepS) < 0) (phaseS, rig.LoadA) = NextPhase(random, charging);

            if (soc.Min() < 0.15) charging = true;
            if (soc.Max() > 0.9) charging = false;
            if (charging)
            {
                // The charger tapers on the highest cell, as a good one does.
                double highestV = Enumerable.Range(0, 12).Max(i => Voltage(soc[i], resistanceOhm[i], currentA));
                rig.LoadA = (float)Math.Clamp(currentA + 2000 * (4.18 - highestV), 0, 1e3);
            }

            currentA = rig.CurrentA;
            temperatureDegC += stepS * (currentA * currentA * 2e-7 - (temperatureDegC - 22) / 1800);
            for (int i = 0; i < 12; i++)
            {
                soc[i] += currentA * stepS / (3600 * 60);
                rig.CellV[i] = random.Next(200) == 0 ? float.NaN : (float)(Voltage(soc[i], resistanceOhm[i], currentA) + 0.002 * (random.NextDouble() - 0.5));
            }

            for (int i = 0; i < 4; i++) rig.ProbeDegC[i] = random.Next(200) == 0 ? float.NaN : (float)Math.Round(temperatureDegC + 0.3 * i + 0.2 * random.NextDouble(), 1);
            rig.PackOverride = (float)(Enumerable.Range(0, 12).Sum(i => Voltage(soc[i], resistanceOhm[i], currentA)) + 0.1 * random.NextDouble());
            rig.Step();
            steps++;

            bool closed = rig.Output.State is ProtectionState.Closed or ProtectionState.Derated;
            closedForMs = closed ? Math.Min(closedForMs + rig.StepMs, 1_000_000) : 0;
            if (!closed && rig.ElapsedMs > 3000) throw new InvalidOperationException($"seed {seed}: {rig.Output.State} at {rig.ElapsedMs} ms, {rig.Output.ChargeBinding}");
            if (closedForMs < 10_000) continue;
            double share = rig.Output.ChargeLimitA / limits.ChargeTable.At(rig.ProbeDegC.Where(float.IsFinite).DefaultIfEmpty(25).Min());
            if (share < leastShare) leastShare = share;
            if (share < 0.9) throw new InvalidOperationException($"seed {seed}: {share:P0} of the table at {rig.ElapsedMs} ms, {rig.Output.ChargeBinding}");
        }

        return (steps, leastShare);
    }

    static double Voltage(double soc, double resistanceOhm, double currentA) => 3.3 + 0.85 * soc + resistanceOhm * currentA;

    static (double, float) NextPhase(Random random, bool charging)
    {
        if (charging) return (60, 0);
        int kind = random.Next(10);
        if (kind == 0) return (random.Next(60, 1200), 0);
        if (kind < 4) return (random.Next(2, 15), random.Next(20, 120));
        return (random.Next(5, 60), -random.Next(20, 280));
    }
}
