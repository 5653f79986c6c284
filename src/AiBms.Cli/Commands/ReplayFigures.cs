using AiBms.Agent.Ports;
using AiBms.Agent.Replay;
using AiBms.Battery;
using AiBms.Learning.Plots;
using AiBms.Safety.Faults;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>Pictures of replayed records.</summary>
static class ReplayFigures
{
    const double BinFraction = 0.04;
    const int LeastRows = 30;

    /// <summary>What some cells lack by state of charge, beside what a lack of charge and what a fixed error would look like.</summary>
    public static PlotPanel ByCharge(Recording recording, ReplayResult result, params int[] cells)
    {
        double[][] voltages = RecordedColumns.Cells(recording);
        List<PlotLine> lines = [];
        for (int n = 0; n < cells.Length; n++)
        {
            var found = result.Cells.Single(f => f.Cell == cells[n]);
            var bins = Bins(recording, result, voltages[cells[n]]);
            double[] soc = [.. bins.Select(b => 100 * b.Soc)];
            lines.Add(new($"{found.Name} measured, median", soc, [.. bins.Select(b => 1000 * b.MedianV)], true, false, n));
            lines.Add(new($"{SignedText.Of(100 * found.ChargeFraction, 1)} % of charge", soc, [.. bins.Select(b => 1000 * found.ChargeFraction * result.Curve.SlopeV(b.Soc))], false, false, n));
            lines.Add(new(n == 0 ? "fixed errors" : "", soc, [.. bins.Select(_ => 1000 * found.MeanV)], false, true, n));
        }

        return new($"{recording.Name}: what the lowest cells lack follows the slope of the OCV", "the record's own SOC, %", "deviation from the median cell, mV", lines, LegendPlace.UpperRight);
    }

    /// <summary>Mean deviation of every cell along the string, a line for each record.</summary>
    public static PlotPanel AlongTheString(IReadOnlyList<(Recording Recording, ReplayResult Result)> runs) => new(
        "Mean deviation of every cell along the string", "cell, as V_1…", "deviation from the median cell, mV",
        [.. runs.Select((run, n) =>
        {
            var ordered = run.Result.Cells.OrderBy(f => f.Cell).ToList();
            return new PlotLine(run.Recording.Name, [.. ordered.Select(f => f.Cell + 1.0)], [.. ordered.Select(f => 1000 * f.MeanV)], true, false, n);
        })], LegendPlace.UpperLeft);

    /// <summary>The last minutes of a record: hottest believable probe, pack voltage lost, and when the chain warned of a runaway.</summary>
    public static PlotPanel LastMinutes(Recording recording, ReplayResult result, int beforeRows)
    {
        var warned = result.Events.First(e => e.Code == FaultCode.ThermalRunaway);
        double[][] probes = RecordedColumns.Probes(recording);
        int from = Math.Max(0, warned.FirstRow - beforeRows);
        int[] rows = [.. Enumerable.Range(from, recording.RowCount - from)];
        double[] minutes = [.. rows.Select(k => (recording.TimeS[k] - recording.TimeS[warned.FirstRow]) / 60)];
        double firstV = recording.VoltageV[from];
        double[] hottest = [.. rows.Select(k => probes.Select(p => p[k]).Where(t => t < 200).DefaultIfEmpty(double.NaN).Max())];
        return new($"{recording.Name}: the last minutes, from the chain's warning of a runaway on", "minutes", "°C, V",
        [
            new("hottest believable probe, °C", minutes, hottest, false, false, 1),
            new("pack voltage lost, V", minutes, [.. rows.Select(k => firstV - recording.VoltageV[k])], false, false, 0),
            new("the record's own warning level × 10", minutes, [.. rows.Select(k => 10 * (RecordedColumns.Find(recording, "warning_level")?[k] ?? double.NaN))], false, true, 6),
        ], LegendPlace.Middle);
    }

    static List<(double Soc, double MedianV)> Bins(Recording recording, ReplayResult result, double[] cellV)
    {
        var byBin = new SortedDictionary<int, List<double>>();
        for (int k = 0; k < recording.RowCount; k++)
        {
            double soc = recording.ReferenceSoc?[k] ?? double.NaN, away = cellV[k] - result.MedianV[k];
            if (!double.IsFinite(soc) || !double.IsFinite(away)) continue;
            int bin = (int)(soc / BinFraction);
            if (!byBin.TryGetValue(bin, out var values)) byBin.Add(bin, values = []);
            values.Add(away);
        }

        return [.. byBin.Where(b => b.Value.Count >= LeastRows).Select(b => ((b.Key + 0.5) * BinFraction, b.Value.Order().ElementAt(b.Value.Count / 2)))];
    }
}
