using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation;
using AiBms.Battery.Estimation.Packs;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Discharge limits against measured pulses of a Panasonic cell, none of which took part in its identification.</summary>
static class PulsePart
{
    const string Folder = "panasonic-18650pf/hppc", CellId = "panasonic_18650pf";
    const double PulseS = 10, StepS = 1, AtLimitV = 0.01, LeastA = 0.5;

    readonly record struct Pulse(double TemperatureDegC, int Soc, double CurrentA, double EndV, bool IsAtLimit, double StatedA);

    public static BoardPart Run(PackBoardOptions options)
    {
        var cell = new CellCatalogue(Path.Combine(options.Home, "cells")).Find(CellId);
        double lowV = cell.Ratings!.MinVoltageV, ratedA = cell.Ratings.MaxDischargeA;
        string root = Path.Combine(options.Data!, Folder);
        Pulse[] pulses = [.. Directory.GetFiles(root, "*ulse*").Where(path => !path.Contains("dis5_10p", StringComparison.Ordinal)).Order(StringComparer.Ordinal).SelectMany(path => Read(path, cell, lowV))];
        List<string[]> rows = [];
        List<double> warm = [], cold = [];
        int exceededInAll = 0, countedInAll = 0;
        foreach (var group in pulses.GroupBy(p => p.TemperatureDegC).OrderBy(g => g.Key))
        {
            // A pulse says something where it reached the limit, or where the stated current is at least its own.
            var counted = group.Where(p => p.IsAtLimit || p.StatedA >= p.CurrentA).ToList();
            int exceeded = counted.Count(p => p.IsAtLimit && p.StatedA > p.CurrentA);
            double[] usable = [.. group.GroupBy(p => p.Soc).Select(soc => Usable([.. soc], lowV, ratedA)).Where(double.IsFinite)];
            (group.Key >= 10 ? warm : cold).AddRange(usable);
            (exceededInAll, countedInAll) = (exceededInAll + exceeded, countedInAll + counted.Count);
            rows.Add([Say.Number(group.Key, 0), group.Count().ToString(CultureInfo.InvariantCulture), group.Count(p => p.IsAtLimit).ToString(CultureInfo.InvariantCulture), Say.Count(exceeded, counted.Count),
                Say.Percent(Say.UpperBound(exceeded, counted.Count)), Say.Percent(Say.Quantile(usable, 0.5)), Say.Percent(usable.DefaultIfEmpty(double.NaN).Min())]);
        }

        double bound = Say.UpperBound(exceededInAll, countedInAll), warmMedian = Say.Quantile(warm, 0.5), coldMedian = Say.Quantile(cold, 0.5);
        return new()
        {
            Id = "pulses",
            Title = "Power limits, measured pulses",
            Method = $"Panasonic 18650PF, pulses of {PulseS:0} s at 0.5C to 6C down the whole range of charge, at each ambient on a fresh charge; nothing is told at the start of a recording, and the {PulseS:0} s limit is asked at the second before each pulse. "
                + $"Counted is a pulse that reached {Say.Number(lowV, 1)} V, or whose current the stated limit covers; exceeded, when it reached the voltage at less than the stated current. True limit: the straight line through the two strongest pulses of a "
                + $"step that lasted, where it crosses {Say.Number(lowV, 1)} V, or the rated {Say.Number(ratedA, 0)} A; one usable share a step of charge.",
            Header = ["°C", "pulses", "reached the limit", "exceeded, of those counted", "95 % bound", "usable, median", "least"],
            Rows = rows,
            Aims =
            [
                new("measured pulses exceeded, 95 % bound", "≤ 1 %", $"{Say.Count(exceededInAll, countedInAll)}, bound {Say.Percent(bound, 1)}", bound <= 0.01),
                new("usable power of measured pulses at 10 °C and above, median", "≥ 80 %", Say.Percent(warmMedian), warmMedian >= 0.8),
                new("usable power of measured pulses from −20 to 0 °C, median", "≥ 60 %", Say.Percent(coldMedian), coldMedian >= 0.6),
            ],
        };
    }

    /// <summary>Stated over true limit at one step of charge; not a number where two pulses that lasted are missing.</summary>
    static double Usable(Pulse[] pulses, double lowV, double ratedA)
    {
        Pulse[] lasted = [.. pulses.Where(p => !p.IsAtLimit).OrderBy(p => p.CurrentA).TakeLast(2)];
        if (lasted.Length < 2) return double.NaN;
        double slopeOhm = (lasted[0].EndV - lasted[1].EndV) / (lasted[1].CurrentA - lasted[0].CurrentA);
        double trueA = Math.Min(ratedA, lasted[1].CurrentA + (lasted[1].EndV - lowV) / slopeOhm);
        return pulses.Average(p => p.StatedA) / trueA;
    }

    static IEnumerable<Pulse> Read(string path, CellType cell, double lowV)
    {
        var recording = RecordingDoor.Open(path);
        var layout = SingleCellPack.Of(cell);
        PackEstimator estimator = new(layout, cell, new() { Energy = new() { EveryS = 1e12 } });
        var (state, reading) = (new PackState(layout), new Battery.Packs.PackReading(layout));
        estimator.Start(SocStart.Unknown);
        double temperatureDegC = double.Parse(Path.GetFileName(path).Split("degC")[0], CultureInfo.InvariantCulture), fedS = double.NegativeInfinity, beforeA = 0;
        int step = 0;
        for (int k = 0; k < recording.RowCount; k++)
        {
            bool begins = k > 0 && recording.CurrentA[k] < -LeastA && Math.Abs(recording.CurrentA[k - 1]) < LeastA / 10;
            if (begins)
            {
                var (currentA, endV, lastsS) = Follow(recording, k);
                // Pulses of one step of charge become stronger; a weaker one is the first of the next step. Longer discharges lead there.
                if (currentA < 0.9 * beforeA) step++;
                beforeA = currentA;
                if (lastsS < 2 * PulseS && (lastsS >= 0.9 * PulseS || endV <= lowV + AtLimitV)) yield return new(temperatureDegC, step, currentA, endV, endV <= lowV + AtLimitV, state.Discharge[1].CurrentA);
            }

            if (recording.TimeS[k] - fedS < StepS - 1e-6) continue;
            fedS = recording.TimeS[k];
            SingleCellPack.Fill(reading, fedS, recording.CurrentA[k], recording.VoltageV[k], recording.TemperatureDegC[k]);
            estimator.Update(reading, state);
        }
    }

    /// <summary>A discharge from its first row: its mean current, its voltage at ten seconds or at its end, and how long it lasted.</summary>
    static (double CurrentA, double EndV, double LastsS) Follow(Recording recording, int from)
    {
        double outAs = 0, endV = recording.VoltageV[from];
        int k = from;
        while (k + 1 < recording.RowCount && recording.CurrentA[k + 1] < -LeastA)
        {
            outAs -= recording.CurrentA[k + 1] * (recording.TimeS[k + 1] - recording.TimeS[k]);
            k++;
            if (recording.TimeS[k] - recording.TimeS[from] <= PulseS + 0.5) endV = Math.Min(endV, recording.VoltageV[k]);
        }

        double lastsS = recording.TimeS[k] - recording.TimeS[from];
        // The row after may be the first to show the limit.
        if (k + 1 < recording.RowCount && lastsS < 0.9 * PulseS) endV = Math.Min(endV, recording.VoltageV[k + 1]);
        return (lastsS > 0 ? outAs / lastsS : -recording.CurrentA[from], endV, lastsS);
    }
}
