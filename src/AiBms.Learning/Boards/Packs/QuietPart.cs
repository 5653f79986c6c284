using System.Globalization;
using AiBms.Battery.Estimation.Packs;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Months of sound packs: how often something is found where nothing is wrong. Resumable: one line a pack in a file, which says what program made it.</summary>
static class QuietPart
{
    const string PackName = "ev_96s2p_immersion", FileName = "quiet.csv", Head = "seed,days,findings,program";
    const double StepS = 60, Days = 30, DaysPerYear = 365.25;

    /// <summary>Packs that make thirty years; other seeds than those of the other parts.</summary>
    const int Packs = 366, SeedsFrom = 1000;

    public static BoardPart Run(PackBoardOptions options)
    {
        string path = Path.Combine(options.Folder, FileName);
        var done = Kept(path);
        if (options.Only == "quiet")
        {
            // What another program made says nothing of this one; its lines stay until each is made again.
            int[] seeds = [.. Enumerable.Range(SeedsFrom + options.Seed, options.Packs(Packs))];
            foreach (int seed in seeds)
            {
                if (done.TryGetValue(seed, out var kept) && kept.Program == ProgramIdentity.Text) continue;
                done[seed] = new(One(options.Home, seed), ProgramIdentity.Text);
                if (!File.Exists(path)) File.WriteAllText(path, Head + "\n");
                File.AppendAllText(path, done[seed].Line(seed) + "\n");
            }

            done = seeds.ToDictionary(seed => seed, seed => done[seed]);
            File.WriteAllLines(path, [Head, .. done.Select(pack => pack.Value.Line(pack.Key))]);
        }

        double years = done.Count * Days / DaysPerYear;
        List<string[]> rows = [];
        foreach (var kind in Enum.GetValues<FindingKind>())
        {
            int count = done.Values.Sum(pack => pack.Findings.Count(name => name == kind.ToString()));
            rows.Add([kind.ToString(), count.ToString(CultureInfo.InvariantCulture), Say.Number(count / years), Say.Number(UpperRate(count, years))]);
        }

        PackAim Aim(string name, FindingKind kind)
        {
            double rate = UpperRate(done.Values.Sum(pack => pack.Findings.Count(n => n == kind.ToString())), years);
            return new($"false {name} alarms a pack-year, 95 % bound", "< 1 over ≥ 30 pack-years", $"{Say.Number(rate)} over {Say.Number(years, 1)}", rate < 1 && years >= 30);
        }

        return new()
        {
            Id = "quiet",
            Title = "False alarms",
            Method = $"{done.Count} sound, mismatched packs of 96 cells for {Days:0} days each with the days of the leak part, in steps of {StepS:0} s: {Say.Number(years, 1)} pack-years. Every finding that appears is a false alarm. "
                + "`board pack --part quiet` goes on where it stopped (quiet.csv, with the program that made each line).",
            Header = ["finding", "false alarms", "a pack-year", "95 % bound (Poisson)"],
            Rows = rows,
            Aims = [Aim("leak", FindingKind.InternalLeak), Aim("cooling", FindingKind.CoolingLoss)],
        };
    }

    readonly record struct Pack(string[] Findings, string Program)
    {
        public string Line(int seed) => string.Create(CultureInfo.InvariantCulture, $"{seed},{Days},{string.Join(' ', Findings)},{Program}");
    }

    // The last line of a pack counts.
    static Dictionary<int, Pack> Kept(string path)
    {
        Dictionary<int, Pack> done = [];
        if (!File.Exists(path)) return done;
        foreach (string line in File.ReadLines(path).Skip(1))
        {
            string[] fields = line.Split(',');
            done[int.Parse(fields[0], CultureInfo.InvariantCulture)] = new(fields[2].Split(' ', StringSplitOptions.RemoveEmptyEntries), fields.ElementAtOrDefault(3) ?? "");
        }

        return done;
    }

    static string[] One(string home, int seed)
    {
        TwinRun run = new(home, PackName, seed, 0.8, 25, 0.01, true, TwinRun.CellsOnly, maxStepS: StepS);
        PackDay day = new(run, seed);
        HashSet<(FindingKind, int)> standing = [];
        List<string> found = [];
        while (run.Twin.Truth.TimeS < Days * 86400)
        {
            day.Step(StepS);
            foreach (var finding in run.State.Findings.Items)
                if (standing.Add((finding.Kind, finding.Cell))) found.Add(finding.Kind.ToString());
        }

        return [.. found];
    }

    /// <summary>Upper end of the one-sided 95 % interval of a Poisson rate (Garwood 1936), by bisection on the sum.</summary>
    internal static double UpperRate(int count, double years)
    {
        double low = count, high = count + 10 * Math.Sqrt(count + 1) + 10;
        for (int n = 0; n < 60; n++)
        {
            double mean = (low + high) / 2, term = Math.Exp(-mean), sum = term;
            for (int k = 1; k <= count; k++) sum += term *= mean / k;
            if (sum > 0.05) low = mean;
            else high = mean;
        }

        return high / years;
    }
}
