using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Packs;
using AiBms.Learning.Datasets;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Forecasts of the case temperature against persistence, on drives that no number was chosen on.</summary>
static class TemperaturePart
{
    const int LookRows = 300, EveryRows = 20;
    const double TransientK = 0.3;

    static readonly int[] s_ahead = [10, 60, 300, 600];
    static readonly double[] s_known = [0, 0.3, 0.6, 0.7], s_unknown = [0, 0.1, 0.2, 0.2];

    sealed class Sums
    {
        public double[] Known { get; } = new double[4];

        public double[] Unknown { get; } = new double[4];

        public double[] Still { get; } = new double[4];

        public int[] Count { get; } = new int[4];

        public int[] Held { get; } = new int[4];

        public double Skill(double[] errors, int h) => Count[h] == 0 ? double.NaN : 1 - Math.Sqrt(errors[h] / Still[h]);

        public void Add(Sums other)
        {
            for (int h = 0; h < 4; h++)
            {
                (Known[h], Unknown[h], Still[h]) = (Known[h] + other.Known[h], Unknown[h] + other.Unknown[h], Still[h] + other.Still[h]);
                (Count[h], Held[h]) = (Count[h] + other.Count[h], Held[h] + other.Held[h]);
            }
        }
    }

    public static BoardPart Run(PackBoardOptions options)
    {
        CellCatalogue cells = new(Path.Combine(options.Home, "cells"));
        List<string[]> rows = [];
        List<PackAim> aims = [];
        foreach (var dataset in (Dataset[])[LgHg2.Describe(options.Data!), Panasonic18650Pf.Describe(options.Data!)])
        {
            var cell = cells.Find(dataset.CellId);
            Sums all = new();
            double leastKnown = double.PositiveInfinity, leastUnknown = double.PositiveInfinity;
            foreach (var group in dataset.In(SplitPart.Test).GroupBy(file => file.Group, StringComparer.Ordinal))
            {
                Sums sums = new();
                foreach (var file in group)
                {
                    var one = Score(dataset.Load(options.Data!, file).Recording, cell);
                    for (int h = 1; h < 4; h++)
                        if (one.Count[h] >= 20) (leastKnown, leastUnknown) = (Math.Min(leastKnown, one.Skill(one.Known, h)), Math.Min(leastUnknown, one.Skill(one.Unknown, h)));
                    sums.Add(one);
                }

                rows.Add(Row(dataset.Id, group.Key, sums));
                all.Add(sums);
            }

            rows.Add(Row(dataset.Id, "all", all));
            for (int h = 1; h < 4; h++)
            {
                aims.Add(Skill($"{dataset.Id}, {s_ahead[h]} s, load known", s_known[h], all.Skill(all.Known, h)));
                aims.Add(Skill($"{dataset.Id}, {s_ahead[h]} s, load unknown", s_unknown[h], all.Skill(all.Unknown, h)));
            }

            aims.Add(Skill($"{dataset.Id}, worst file, load known", 0.3, leastKnown));
            aims.Add(Skill($"{dataset.Id}, worst file, load unknown", 0, leastUnknown));
        }

        return new()
        {
            Id = "temperature",
            Title = "Temperature ahead, measured",
            Method = "Test drives of both sets; nothing of them was used to choose a number. Every 20 s from five minutes on the case temperature is forecast from case, current and voltage up to then. Skill: 1 − RMSE / RMSE of persistence, over windows in which "
                + "the temperature moves by more than 0.3 K (noise of the sensors: about 0.04 K). Load known: the current to come is told; unknown: it is taken to go on.",
            Header = ["set", "°C", .. s_ahead.SelectMany(s => (string[])[$"{s} s known", $"{s} s unknown"]), "in 90 % at 300 s, unknown"],
            Rows = rows,
            Aims = aims,
        };
    }

    static PackAim Skill(string name, double least, double measured) => new("temperature skill " + name, "≥ " + Say.Number(least), Say.Number(measured), measured >= least);

    static string[] Row(string set, string group, Sums s) =>
        [set, group, .. Enumerable.Range(0, 4).SelectMany(h => (string[])[Say.Number(s.Skill(s.Known, h)), Say.Number(s.Skill(s.Unknown, h))]), s.Count[2] == 0 ? "–" : Say.Percent((double)s.Held[2] / s.Count[2], 0)];

    static Sums Score(Recording recording, CellType cell)
    {
        Sums sums = new();
        CellTemperature temperature = new(cell);
        for (int i = 0; i < recording.RowCount; i++)
        {
            temperature.Step(new(recording.TimeS[i], recording.CurrentA[i], recording.VoltageV[i], recording.TemperatureDegC[i]));
            if (i < LookRows || i % EveryRows != 0) continue;
            for (int h = 0; h < s_ahead.Length; h++)
            {
                int j = i + s_ahead[h];
                if (j >= recording.RowCount || Math.Abs(recording.TimeS[j] - recording.TimeS[i] - s_ahead[h]) > 2) continue;
                double change = recording.TemperatureDegC[j] - recording.TemperatureDegC[i];
                if (!(Math.Abs(change) > TransientK)) continue;
                var goesOn = temperature.Ahead(s_ahead[h]);
                double unknown = goesOn.CaseDegC - recording.TemperatureDegC[j], known = temperature.Ahead(recording.CurrentA.AsSpan(i + 1, s_ahead[h]), 1).CaseDegC - recording.TemperatureDegC[j];
                (sums.Known[h], sums.Unknown[h], sums.Still[h]) = (sums.Known[h] + known * known, sums.Unknown[h] + unknown * unknown, sums.Still[h] + change * change);
                sums.Count[h]++;
                if (Math.Abs(unknown) <= Battery.Estimation.Interval.NinetyPercent * goesOn.CaseDegCDeviation) sums.Held[h]++;
            }
        }

        return sums;
    }
}
