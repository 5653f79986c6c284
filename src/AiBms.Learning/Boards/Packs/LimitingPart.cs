namespace AiBms.Learning.Boards.Packs;

/// <summary>Whether the cells that end discharge and charge are named.</summary>
static class LimitingPart
{
    const string Pack = "ev_96s2p_immersion";
    const double Within = 0.005;

    public static BoardPart Run(PackBoardOptions options)
    {
        int packs = options.Packs(200);
        List<string[]> rows = [];
        List<PackAim> aims = [];
        foreach (bool mismatched in (bool[])[true, false])
        {
            foreach (double spread in (double[])[0.01, 0.03])
            {
                // Same-model scores stand beside, on a tenth of the packs.
                int count = mismatched ? packs : Math.Max(2, packs / 10);
                (bool Empty, bool Full, double Recoverable, double Spread, double Soh)[] scores = [.. Enumerable.Range(options.Seed, count).Select(seed => One(options.Home, seed, spread, mismatched))];
                int empty = scores.Count(s => s.Empty), full = scores.Count(s => s.Full);
                rows.Add([mismatched ? "mismatched" : "same model", Say.Percent(spread, 0), Say.Count(empty, count), Say.Count(full, count),
                    Say.Percent(Say.Rms(scores.Select(s => s.Recoverable)), 2), Say.Percent(Say.Rms(scores.Select(s => s.Spread)), 2), Say.Percent(Say.Rms(scores.Select(s => s.Soh)), 2)]);
                if (!mismatched) continue;
                double share = (double)(empty + full) / (2 * count);
                aims.Add(new($"limiting cells named, spread {Say.Percent(spread, 0)}", "≥ 95 %", Say.Percent(share), share >= 0.95));
            }
        }

        return new()
        {
            Id = "limiting",
            Title = "Limiting cells, losses and capacity",
            Method = $"{packs} packs of 96 cells, capacity and starting SOC spread as stated (deviation), resistance 5 %; driven from 90 % to 10 %, rested, charged full, rested, driven to 50 %, then asked; steps of 2 s. "
                + "Named is a cell whose charge (room) is within 0.5 % of Q of the least. Losses: error of Ah over nominal. SOH: error of each cell's capacity, one window between rests.",
            Header = ["truth", "spread", "empty first", "full first", "recoverable loss, RMSE", "spread loss, RMSE", "SOH of cells, RMSE"],
            Rows = rows,
            Aims = aims,
        };
    }

    static (bool Empty, bool Full, double Recoverable, double Spread, double Soh) One(string home, int seed, double spread, bool mismatched)
    {
        TwinRun run = new(home, Pack, seed, 0.9, 25, spread, mismatched, TwinRun.CellsOnly);
        run.DriveDownTo(0.1);
        run.Rest(2400);
        run.ChargeFull();
        run.Rest(2400);
        run.DriveDownTo(0.5);

        double[] capacity = [.. Enumerable.Range(0, run.Cells).Select(run.Twin.Truth.GroupCapacityAh)];
        double[] held = [.. Enumerable.Range(0, run.Cells).Select(i => run.Twin.Truth.GroupSoc(i) * capacity[i])], room = [.. capacity.Zip(held, (q, h) => q - h)];
        var imbalance = run.State.Imbalance;
        double recoverable = capacity.Min() - (held.Min() + room.Min()), spreadLoss = capacity.Average() - capacity.Min();
        double soh = Say.Rms(Enumerable.Range(0, run.Cells).Select(i => run.State.Health.Soh[i] - capacity[i] / run.CapacityAh));
        return (held[imbalance.FirstEmptyCell] - held.Min() <= Within * run.CapacityAh, room[imbalance.FirstFullCell] - room.Min() <= Within * run.CapacityAh,
            (imbalance.RecoverableLossAh - recoverable) / run.CapacityAh, (imbalance.SpreadLossAh - spreadLoss) / run.CapacityAh, soh);
    }
}
