using AiBms.Battery.Estimation.Packs;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Faults of cooling, joints and sensors, found from estimates alone: how often, how soon, and what else was cried.</summary>
static class FaultPart
{
    const string Pack = "ev_96s2p_immersion";
    const int BeginsS = 3 * 3600, WatchedS = 2 * 3600;

    /// <summary>So many times as many packs where nothing is wrong: false alarms are rare.</summary>
    const int SoundScale = 20;

    static readonly (string Fault, FindingKind Kind, int Place, string Name)[] s_faults =
    [
        ("", FindingKind.CoolingLoss, -2, "nothing"),
        ("pump-stop", FindingKind.CoolingLoss, -2, "pump stops"),
        ("blocked-segment:S8=0.95", FindingKind.CoolingLoss, -2, "a segment of 16 is blocked to 95 %"),
        ("low-level=0.4", FindingKind.CoolingLoss, -2, "coolant down to 40 %"),
        ("internal-short:V70.1=1", FindingKind.InternalLeak, 69, "1 Ω inside one of two parallel cells"),
        ("internal-short:V70.1=0.1", FindingKind.InternalLeak, 69, "0.1 Ω inside one of two parallel cells"),
        ("contact-resistance:V33.1=0.002", FindingKind.ContactResistance, 32, "2 mΩ at one of two parallel cells"),
        ("sensor-offset:V40=0.1", FindingKind.CellSensor, 39, "a tap reads 100 mV too much"),
        ("sensor-stuck:V50", FindingKind.CellSensor, 49, "a tap is stuck"),
        ("open-tap:V60=0.3", FindingKind.CellSensor, 59, "a tap hangs free"),
        ("sensor-offset:CurrentA=10", FindingKind.CurrentSensor, -1, "the current reads 10 A too much"),
        ("sensor-offset:M3-T2=8", FindingKind.ProbeSensor, 7, "a probe reads 8 K too much"),
    ];

    public static BoardPart Run(PackBoardOptions options)
    {
        int packs = options.Packs(5);
        List<string[]> rows = [];
        foreach (var (fault, kind, place, name) in s_faults)
        {
            List<double> found = [];
            List<FindingKind> others = [];
            int tried = fault.Length == 0 ? SoundScale * packs : packs;
            foreach (int seed in Enumerable.Range(options.Seed, tried))
            {
                (double afterS, var wrong) = One(options.Home, seed, fault.Length == 0 ? [] : [$"{fault}@{BeginsS}"], kind, place);
                found.Add(afterS);
                others.AddRange(wrong);
            }

            int count = found.Count(double.IsFinite);
            rows.Add([name, kind.ToString(), Say.Count(count, tried), count == 0 ? "–" : Say.Number(Say.Quantile(found.Where(double.IsFinite), 0.5) / 60, 1) + " min",
                count == 0 ? "–" : Say.Number(found.Where(double.IsFinite).Max() / 60, 1) + " min", others.Count == 0 ? "none" : string.Join(", ", others.GroupBy(k => k).Select(g => $"{g.Count()} {g.Key}"))]);
        }

        return new()
        {
            Id = "faults",
            Title = "Faults from estimates",
            Method = $"{packs} mismatched packs for each fault, {SoundScale * packs} without any, driven hard and charged fast for five hours, pump and chiller at half; the fault begins after three. The flow, level and pressure sensors are not used: what is scored is what the estimates find without them. "
                + "Other findings are those of another kind or place, before and after; a wire that hangs free is the tap of two cells, and the second is named as well.",
            Header = ["fault", "finding", "found in 2 h", "after, median", "worst", "other findings"],
            Rows = rows,
        };
    }

    static (double AfterS, IReadOnlyList<FindingKind> Others) One(string home, int seed, string[] faults, FindingKind kind, int place)
    {
        TwinRun run = new(home, Pack, seed, 0.95, 25, 0.01, true, TwinRun.CellsOnly, 0.5, faults: faults);
        HashSet<(FindingKind, int)> others = [];
        double after = double.PositiveInfinity;
        bool isCharging = false;
        while (run.Twin.Truth.TimeS < BeginsS + WatchedS)
        {
            double soc = run.Twin.Truth.MeanSoc;
            isCharging = soc < 0.2 || (isCharging && soc < 0.9);
            if (isCharging) run.Step(0.8 * run.CapacityAh, 2);
            else run.Drive(2, 1.5);
            foreach (var finding in run.State.Findings.Items)
            {
                bool isIt = finding.Kind == kind && (place == -2 || finding.Cell == place) && run.Twin.Truth.TimeS >= BeginsS;
                if (isIt) after = Math.Min(after, run.Twin.Truth.TimeS - BeginsS);
                else others.Add((finding.Kind, finding.Cell));
            }
        }

        return (after, [.. others.Select(o => o.Item1)]);
    }
}
