using AiBms.Safety.Protection;

namespace AiBms.Tests.Safety;

/// <summary>A day at the edge below which charging is forbidden: noise and a slow wander around 0 °C, warmed a little by charging.</summary>
static class ColdEdge
{
    const double EdgeDegC = 0;

    /// <summary>How often charging was switched on or off, and for how many steps it was refused although every probe was 2 K above the edge.</summary>
    public static (int Toggles, int RefusedWarm, int WarmSteps) Run(int seed, double wanderK, double offsetK)
    {
        var random = new Random(seed);
        var rig = new SafetyRig(TestPacks.Module12, 3.7f) { Close = true, StepMs = 50 };
        double phase = random.NextDouble() * 6.28, heatK = 0;
        int toggles = 0, refusedWarm = 0, warmSteps = 0, warmForMs = 0;
        bool? charges = null;
        while (rig.ElapsedMs < 24 * 3_600_000L)
        {
            if (rig.ElapsedMs > 5000) rig.StepMs = 1000;
            double hours = rig.ElapsedMs / 3.6e6;
            double wander = wanderK * Math.Sin(2 * Math.PI * hours / 3 + phase);
            // The first hour is warm enough to charge: the day begins with charging allowed.
            double ambientDegC = EdgeDegC + offsetK + wander + 5 * Math.Max(0, 1 - hours);
            heatK += 0.001 * rig.StepMs * (rig.CurrentA * 0.00003 - heatK / 1200);
            double lowestDegC = double.MaxValue;
            for (int i = 0; i < rig.ProbeDegC.Length; i++)
            {
                rig.ProbeDegC[i] = (float)(ambientDegC + heatK + 0.6 * (random.NextDouble() - 0.5));
                lowestDegC = Math.Min(lowestDegC, rig.ProbeDegC[i]);
            }

            rig.LoadA = 10;
            rig.Step();
            if (rig.ElapsedMs < 20_000) continue;
            bool now = rig.Output.ChargeLimitA > 0;
            if (charges is { } before && before != now) toggles++;
            charges = now;
            warmForMs = lowestDegC >= EdgeDegC + 2 ? warmForMs + rig.StepMs : 0;
            if (warmForMs < 5000) continue;
            warmSteps++;
            if (!now) refusedWarm++;
        }

        return rig.Output.State == ProtectionState.LatchedFault ? throw new InvalidOperationException("latched") : (toggles, refusedWarm, warmSteps);
    }
}
