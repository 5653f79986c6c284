using AiBms.Battery.Cells;
using AiBms.Learning.Datasets;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Forecasts of measured temperatures against persistence, on drives, runs and trips that no number was chosen on.</summary>
static class TemperaturePart
{
    const string DmegcFile = "dmegc-electrothermal/cell_R3.csv.gz";

    static readonly double[] s_known = [0, 0.3, 0.6, 0.7], s_unknown = [0, 0.1, 0.2, 0.2];

    public static BoardPart Run(PackBoardOptions options)
    {
        CellCatalogue cells = new(Path.Combine(options.Home, "cells"));
        List<string[]> rows = [];
        List<PackAim> aims = [];
        foreach (var dataset in (Dataset[])[LgHg2.Describe(options.Data!), Panasonic18650Pf.Describe(options.Data!)])
        {
            var cell = cells.Find(dataset.CellId);
            Set(dataset.Id, dataset.In(SplitPart.Test).Select(file => (file.Group, CellForecast.Score(dataset.Load(options.Data!, file).Recording, cell))), 1);
        }

        string dmegc = Path.Combine(options.Data!, DmegcFile);
        if (File.Exists(dmegc))
        {
            var cell = cells.Find("dmegc_18650");
            var recording = RecordingDoor.Open(dmegc);
            Set("dmegc", recording.Series.Where(series => series.Name.StartsWith("rw_data", StringComparison.Ordinal))
                .Select(series => ("26", CellForecast.Score(recording.Slice(series), cell, rowS: 10))), 1);
        }

        if (TripProtocols.IsIn(options.Data!))
        {
            foreach (var split in TripForecast.Score(options.Data!, new(options.Rungs)).GroupBy(trip => trip.Split, StringComparer.Ordinal)) Set(TripProtocols.Set, split.Select(trip => (trip.Split, trip.Sums)), 2);
        }

        return new()
        {
            Id = "temperature",
            Title = "Temperature ahead, measured",
            Method = "Test drives of LG HG2 and Panasonic, random loads of the third DMEGC cell (rows every 10 s, identified on the other two), and BMW i3 trips; nothing of them was used to choose a number. Every 20 s (30 s on trips) from five minutes (ten) on the case "
                + "temperature is forecast from what came up to then. Skill: 1 − RMSE / RMSE of persistence, over windows in which the temperature moves by more than 0.3 K (noise of the sensors: about 0.04 K; the BMW's is in whole degrees, at 300 and 600 s only). Load known: "
                + "the current to come is told; unknown: it is taken to go on. Of the BMW's cells no circuit is known: ridge regression on the other trips, trained by `" + TripProtocols.Command + "` (the board only reads it), its interval conformal over trips held back in training. Last columns: truth in the 90 % interval and interval score (Winkler) at 300 s, load unknown.",
            Header = ["set", "°C", .. ForecastSums.AheadS.SelectMany(s => (string[])[$"{s} s known", $"{s} s unknown"]), "in 90 %", "interval score / K"],
            Rows = rows,
            Aims = aims,
        };

        void Set(string set, IEnumerable<(string Group, ForecastSums Sums)> files, int firstAhead)
        {
            ForecastSums all = new();
            double leastKnown = double.PositiveInfinity, leastUnknown = double.PositiveInfinity;
            foreach (var group in files.GroupBy(file => file.Group, file => file.Sums, StringComparer.Ordinal))
            {
                ForecastSums sums = new();
                foreach (var one in group)
                {
                    for (int h = 1; h < 4; h++)
                        if (one.Count[h] >= ForecastSums.LeastWindows) (leastKnown, leastUnknown) = (Math.Min(leastKnown, one.Known(h)), Math.Min(leastUnknown, one.Unknown(h)));
                    sums.Add(one);
                }

                rows.Add(sums.Row(set, group.Key));
                all.Add(sums);
                if (set == TripProtocols.Set) set += ", " + group.Key;
            }

            if (!set.StartsWith(TripProtocols.Set, StringComparison.Ordinal)) rows.Add(all.Row(set, "all"));
            for (int h = firstAhead; h < 4; h++)
            {
                aims.Add(Skill($"{set}, {ForecastSums.AheadS[h]} s, load known", s_known[h], all.Known(h)));
                aims.Add(Skill($"{set}, {ForecastSums.AheadS[h]} s, load unknown", s_unknown[h], all.Unknown(h)));
            }

            if (!double.IsFinite(leastKnown)) return;
            aims.Add(Skill($"{set}, worst file, load known", 0.3, leastKnown));
            aims.Add(Skill($"{set}, worst file, load unknown", 0, leastUnknown));
        }
    }

    static PackAim Skill(string name, double least, double measured) => new("temperature skill " + name, "≥ " + Say.Number(least), Say.Number(measured), measured >= least);
}
