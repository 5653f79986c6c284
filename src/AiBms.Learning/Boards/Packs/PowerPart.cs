using AiBms.Battery.Estimation.Packs;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Power limits against the limits that the twin really has, found by pulses on packs made again.</summary>
static class PowerPart
{
    const string Pack = "ev_96s2p_immersion";
    const int WarmUpS = 420, Tries = 3;

    static readonly double[] s_temperatures = [-20, -10, 0, 10, 25, 40], s_socs = [0.25, 0.5, 0.75, 0.95];

    readonly record struct Case(double TemperatureDegC, bool IsCharge, double TimeS, double Usable, bool IsExceeded, bool Mismatched);

    public static BoardPart Run(PackBoardOptions options)
    {
        int packs = options.Packs(8);
        List<Case> cases = [];
        foreach (bool mismatched in (bool[])[true, false])
            foreach (int seed in Enumerable.Range(options.Seed, mismatched ? packs : Math.Max(1, packs / 5)))
                foreach (double temperatureDegC in s_temperatures)
                    foreach (double soc in s_socs) cases.AddRange(Score(options.Home, seed, temperatureDegC, soc, mismatched));

        List<string[]> rows = [];
        foreach (var group in cases.GroupBy(c => (c.Mismatched, c.TemperatureDegC, c.IsCharge)).OrderBy(g => !g.Key.Mismatched).ThenBy(g => g.Key.TemperatureDegC))
            rows.Add([group.Key.Mismatched ? "mismatched" : "same model", Say.Number(group.Key.TemperatureDegC, 0), group.Key.IsCharge ? "charge" : "discharge", group.Count().ToString(System.Globalization.CultureInfo.InvariantCulture),
                Say.Percent(Say.Quantile(group.Select(c => c.Usable), 0.5)), Say.Percent(Say.Quantile(group.Select(c => c.Usable), 0.05)), Say.Count(group.Count(c => c.IsExceeded), group.Count()),
                Say.Percent(Share(group.Where(c => c.Usable < 0.9999), c => c.Usable))]);

        var claimed = cases.Where(c => c.Mismatched).ToList();
        int exceeded = claimed.Count(c => c.IsExceeded);
        double bound = Say.UpperBound(exceeded, claimed.Count), warm = Say.Quantile(claimed.Where(c => c.TemperatureDegC >= 10).Select(c => c.Usable), 0.5);
        double cold = Say.Quantile(claimed.Where(c => c.TemperatureDegC <= 0).Select(c => c.Usable), 0.5);
        return new()
        {
            Id = "power",
            Title = "Power limits",
            Method = $"{packs} packs of 96 cells with 1 % spread at six temperatures and four SOC; seven minutes of driving, then the stated current for 2, 10 and 30 s. True limit: the constant current whose pulse just reaches "
                + "the first cell's voltage limit, or the rated current, found by pulses on the same pack made again. Usable is stated over true current; exceeded, when the pulse at the stated current crossed a limit. "
                + "Last column: mean where the rated current does not bind both.",
            Header = ["truth", "°C", "", "pulses", "usable, median", "5th percentile", "exceeded", "usable where voltage binds"],
            Rows = rows,
            Aims =
            [
                new("usable power at 10 °C and above, median", "≥ 80 %", Say.Percent(warm), warm >= 0.8),
                new("usable power from −20 to 0 °C, median", "≥ 60 %", Say.Percent(cold), cold >= 0.6),
                new("exceeded, 95 % bound, all pulses", "≤ 1 %", $"{Say.Count(exceeded, claimed.Count)}, bound {Say.Percent(bound, 2)}", bound <= 0.01),
            ],
            Lines = [.. from charge in (bool[])[false, true] from q in (double[])[0.5, 0.05]
                select new BoardLine($"{(charge ? "charge" : "discharge")}, {(q == 0.5 ? "median" : "5th percentile")}", s_temperatures,
                    [.. s_temperatures.Select(t => 100 * Say.Quantile(claimed.Where(c => c.TemperatureDegC == t && c.IsCharge == charge).Select(c => c.Usable), q))])],
            Axes = ("Temperature / °C", "Usable power / %"),
        };
    }

    static double Share(IEnumerable<Case> cases, Func<Case, double> of) => cases.Select(of).DefaultIfEmpty(double.NaN).Average();

    static IEnumerable<Case> Score(string home, int seed, double temperatureDegC, double soc, bool mismatched)
    {
        var run = Warm(home, seed, temperatureDegC, soc, mismatched, estimates: true);
        for (int k = 0; k < 3; k++)
        {
            double timeS = PackState.PowerTimesS[k];
            foreach (bool isCharge in (bool[])[false, true])
            {
                var limit = isCharge ? run.State.Charge[k] : run.State.Discharge[k];
                var ratings = run.Estimator.Group.Ratings!;
                double ratedA = isCharge ? ratings.MaxChargeA : ratings.MaxDischargeA;
                double Margin(double a) => Pulse(home, seed, temperatureDegC, soc, mismatched, isCharge ? a : -a, timeS);
                if (limit.CurrentA < 1e-3 * ratedA) continue;
                double margin = Margin(limit.CurrentA), trueA = margin >= 0 && limit.CurrentA >= ratedA * 0.9999 ? ratedA : True(Margin, limit.CurrentA, margin, ratedA);
                yield return new(temperatureDegC, isCharge, timeS, limit.CurrentA / trueA, margin < 0, mismatched);
            }
        }
    }

    /// <summary>The current whose pulse just reaches the limit, by the secant rule: the voltage is nearly straight in the current.</summary>
    static double True(Func<double, double> margin, double firstA, double firstMargin, double ratedA)
    {
        double a = firstA, ma = firstMargin, b = firstMargin < 0 ? 0.8 * firstA : Math.Min(ratedA, 1.3 * firstA), mb = margin(b);
        for (int n = 0; n < Tries && b != a; n++)
        {
            double next = Math.Clamp(b - mb * (b - a) / (mb - ma), 0.05 * firstA, ratedA);
            if (Math.Abs(next - b) < 1e-3 * ratedA) return next;
            (a, ma, b) = (b, mb, next);
            mb = margin(b);
            if (b == ratedA && mb >= 0) return ratedA;
        }

        return b;
    }

    static double Pulse(string home, int seed, double temperatureDegC, double soc, bool mismatched, double currentA, double timeS)
    {
        var run = Warm(home, seed, temperatureDegC, soc, mismatched, estimates: false);
        double margin = double.PositiveInfinity;
        for (int k = 0; k < timeS; k++)
        {
            run.Twin.Step(Battery.Simulation.Twin.TwinLoad.Current(currentA, temperatureDegC), 1);
            foreach (double v in run.Twin.Truth.GroupVoltageV) margin = Math.Min(margin, currentA > 0 ? run.HighV - v : v - run.LowV);
        }

        return margin;
    }

    static TwinRun Warm(string home, int seed, double temperatureDegC, double soc, bool mismatched, bool estimates)
    {
        TwinRun run = new(home, Pack, seed, soc, temperatureDegC, 0.01, mismatched, new() { Energy = new() { EveryS = 1e12 } });
        for (int k = 0; k < WarmUpS; k++) run.Drive(1, temperatureDegC < -5 ? 0.3 : 1, estimates);
        return run;
    }
}
