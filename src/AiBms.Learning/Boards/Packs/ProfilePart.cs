using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Simulation.Twin;
using AiBms.Numerics;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Energy under a load that changes: the twin is driven by a told profile until its first cell is at the limit.</summary>
static class ProfilePart
{
    const string Pack = "ev_96s2p_immersion";
    const int WarmUpS = 600, ProfileS = 1200, HeldS = 10, LongestS = 40 * 3600;

    static readonly (double TemperatureDegC, double MeanC, double Aim)[] s_cases = [(25, 0.5, 0.03), (0, 0.4, double.NaN), (-20, 0.2, 0.06)];

    static readonly double[] s_socs = [0.9, 0.7, 0.5];

    public static BoardPart Run(PackBoardOptions options)
    {
        int packs = options.Packs(5);
        List<string[]> rows = [];
        List<PackAim> aims = [];
        foreach (bool mismatched in (bool[])[true, false])
            foreach (var (temperatureDegC, meanC, aim) in s_cases)
                foreach (bool told in (bool[])[true, false])
                {
                    List<double> errors = [];
                    int held = 0;
                    foreach (int seed in Enumerable.Range(options.Seed, mismatched ? packs : Math.Max(1, packs / 5)))
                        foreach (double soc in s_socs)
                        {
                            var (error, isHeld) = One(options.Home, seed, soc, temperatureDegC, meanC, mismatched, told);
                            errors.Add(error);
                            if (isHeld) held++;
                        }

                    double rmse = Say.Rms(errors);
                    rows.Add([mismatched ? "mismatched" : "same model", Say.Number(temperatureDegC, 0), told ? "profile" : "recent", errors.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), Say.Percent(rmse), Say.Percent(errors.Average()),
                        Say.Percent(errors.Max(e => Math.Abs(e))), Say.Percent((double)held / errors.Count, 0)]);
                    if (mismatched && told && double.IsFinite(aim)) aims.Add(new($"energy of a told profile at {Say.Number(temperatureDegC, 0)} °C, RMSE of rated", $"≤ {Say.Percent(aim, 0)}", Say.Percent(rmse), rmse <= aim));
                }

        return new()
        {
            Id = "profile",
            Title = "Energy under a changing load, simulated",
            Method = $"{packs} packs of 96 cells with 1 % spread, ten minutes of driving from three SOC; then the energy down to the first cell's limit is asked, told the power of the {ProfileS / 60} minutes to come (which repeat) or left to the recent use, and the twin "
                + "is driven by that power until its first cell is at the limit. Errors in percent of the pack's rated energy. The truth of a simulated cell has no diffusion that slows down in the cold: the measured discharges above say more of −20 °C.",
            Header = ["truth", "°C", "load", "asked", "RMSE", "mean error", "worst", "in the 90 % interval"],
            Rows = rows,
            Aims = aims,
        };
    }

    static (double ErrorFraction, bool IsHeld) One(string home, int seed, double soc, double temperatureDegC, double meanC, bool mismatched, bool told)
    {
        TwinRun run = new(home, Pack, seed, soc, temperatureDegC, 0.01, mismatched, new() { Power = new() { EveryS = 1e12 }, Energy = new() { EveryS = 60 } });
        double usualV = run.Cells * 3.7, oneCW = run.CapacityAh * usualV;
        double[] profileW = Profile(seed, meanC * oneCW);
        if (told) run.Estimator.EnergyLoad = EnergyLoad.OfProfile(profileW, 1);
        // The minutes before are of the same kind, so that recent use means something.
        double[] before = Profile(seed + 500, meanC * oneCW);
        for (int k = 0; k < WarmUpS; k++) Drive(run, before[k], temperatureDegC, true);
        var asked = run.State.Energy;
        double energyWh = 0;
        for (int k = 0; k < LongestS; k++)
        {
            Drive(run, profileW[k % ProfileS], temperatureDegC, false);
            double lowestV = double.PositiveInfinity;
            foreach (double v in run.Twin.Truth.GroupVoltageV) lowestV = Math.Min(lowestV, v);
            if (lowestV < run.LowV) break;
            energyWh += profileW[k % ProfileS] / 3600;
        }

        double error = asked.EnergyWh - energyWh;
        return (error / oneCW, Math.Abs(error) <= Battery.Estimation.Interval.NinetyPercent * asked.EnergyWhDeviation);
    }

    static void Drive(TwinRun run, double outW, double ambientDegC, bool estimates)
    {
        run.Twin.Step(TwinLoad.Power(-outW, ambientDegC), 1);
        if (!estimates) return;
        run.Twin.TryRead(run.Reading);
        run.Estimator.Update(run.Reading, run.State);
    }

    /// <summary>Mostly out, sometimes hard, sometimes back in; each power held for some seconds; the mean as told.</summary>
    static double[] Profile(int seed, double meanW)
    {
        var random = SeededStream.For((ulong)seed, "profile");
        double[] powerW = new double[ProfileS];
        double now = 0;
        for (int k = 0; k < ProfileS; k++)
        {
            if (k % HeldS == 0) now = random.NextFraction() < 0.12 ? -0.8 : 0.4 + random.NextFraction() * 1.2 + (random.NextFraction() < 0.1 ? 1.5 : 0);
            powerW[k] = now;
        }

        double scale = meanW / powerW.Average();
        for (int k = 0; k < ProfileS; k++) powerW[k] *= scale;
        return powerW;
    }
}
