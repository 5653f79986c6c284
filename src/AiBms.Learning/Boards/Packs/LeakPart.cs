using System.Globalization;
using AiBms.Battery.Estimation.Packs;
using AiBms.Numerics;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Leaks inside one cell: how soon they are found, by size.</summary>
static class LeakPart
{
    const string Pack = "ev_96s2p_immersion";
    const double StepS = 10, BeginsS = 36 * 3600, WatchedH = 48;

    static readonly double[] s_hours = [100, 200, 500, 1000, 2000, 4000];

    public static BoardPart Run(PackBoardOptions options)
    {
        int packs = options.Packs(10);
        List<string[]> rows = [];
        List<PackAim> aims = [];
        List<double> median = [], worst = [];
        foreach (double hours in s_hours)
        {
            double[] found = [.. Enumerable.Range(options.Seed, packs).Select(seed => FoundAfterH(options.Home, seed, hours))];
            int missed = found.Count(double.IsInfinity);
            (double middle, double most) = (Say.Quantile(found, 0.5), found.Max());
            (median, worst) = ([.. median, middle], [.. worst, most]);
            rows.Add([string.Create(CultureInfo.InvariantCulture, $"C/{hours:0}"), Hours(middle), Hours(Say.Quantile(found, 0.9)), Hours(most), Say.Count(packs - missed, packs)]);
            if (hours == 500) aims.Add(new("leak of C/500 found", "within 6 h", $"worst of {packs}: {Hours(most)}", most <= 6));
            if (hours == 2000) aims.Add(new("leak of C/2000 found", "within 24 h", $"worst of {packs}: {Hours(most)}", most <= 24));
        }

        return new()
        {
            Id = "leaks",
            Title = "Leaks inside a cell",
            Method = $"{packs} mismatched packs of 96 cells for each size. Days of two drives of an hour, a charge in the evening and rest otherwise, surroundings swinging by 5 K; the leak (an ohmic path in one cell) begins at noon of the "
                + "second day and is looked for during 48 h. False alarms are counted by a long trial of its own.",
            Header = ["leak", "found after, median", "90th percentile", "worst", "found in 48 h"],
            Rows = rows,
            Aims = aims,
            Lines = [new("median", s_hours, [.. median.Select(Finite)]), new("worst", s_hours, [.. worst.Select(Finite)])],
            Axes = ("Leak: hours to lose the capacity / h", "Time to find / h (gaps: not within 48 h)"),
        };
    }

    static double Finite(double h) => double.IsInfinity(h) ? double.NaN : h;

    static string Hours(double h) => double.IsInfinity(h) ? "not found" : Say.Number(h, 1) + " h";

    static double FoundAfterH(string home, int seed, double hours)
    {
        int cell = (int)(SeededStream.For((ulong)seed, "leaking cell").NextFraction() * 96);
        double capacityAh = 120, ohm = 3.75 / (capacityAh / hours);
        TwinRun run = new(home, Pack, seed, 0.8, 25, 0.01, true, TwinRun.CellsOnly, 0, StepS, string.Create(CultureInfo.InvariantCulture, $"internal-short:V{cell + 1}.1={ohm:0.###}@{BeginsS}"));
        PackDay day = new(run, seed);
        while (run.Twin.Truth.TimeS < BeginsS + WatchedH * 3600)
        {
            day.Step(StepS);
            if (run.State.Findings.Has(FindingKind.InternalLeak, cell)) return (run.Twin.Truth.TimeS - BeginsS) / 3600;
        }

        return double.PositiveInfinity;
    }
}
