using AiBms.Battery.Cells;
using AiBms.Learning.Datasets;

namespace AiBms.Learning.Boards.Packs;

/// <summary>Energy against discharges of LG HG2 down to the limit.</summary>
static class EnergyPart
{
    const string Folder = "lg-18650hg2/c20_and_capacity";

    public static BoardPart Run(PackBoardOptions options)
    {
        var cell = new CellCatalogue(Path.Combine(options.Home, "cells")).Find(LgHg2.Id);
        double ratedWh = 0;
        for (int k = 1; k < cell.Circuit!.OcvV.Length; k++) ratedWh += cell.CapacityAh * (cell.Circuit.OcvV[k] + cell.Circuit.OcvV[k - 1]) / 2 / (cell.Circuit.OcvV.Length - 1);
        string root = Path.Combine(options.Data!, Folder);

        // In these two the chamber was still moving: their folder's ambient is wrong for them.
        string[] files = [.. Directory.GetFiles(root, "*.csv*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(f => !f.Contains("571_Cap_1C", StringComparison.Ordinal) && !f.Contains("557_Cap_1C", StringComparison.Ordinal))];
        List<EnergyEntry> entries = [.. files.SelectMany(file => MeasuredEnergy.Score(file, Ambient(file), cell, ratedWh))];
        List<string[]> rows = [];
        foreach (var group in entries.GroupBy(e => (e.Group, e.LoadKnown)).OrderBy(g => double.Parse(g.Key.Group, System.Globalization.CultureInfo.InvariantCulture)))
            rows.Add([group.Key.Group, group.Key.LoadKnown ? "known" : "recent", group.Count().ToString(System.Globalization.CultureInfo.InvariantCulture), Say.Percent(Rmse(group)), Say.Percent(group.Average(e => e.ErrorFraction)),
                Say.Percent(group.Max(e => Math.Abs(e.ErrorFraction))), Say.Percent(Say.Quantile(group.Select(e => Math.Abs(e.StatedWh - e.TrueWh) / e.TrueWh), 0.5)), Say.Percent((double)group.Count(e => e.IsHeld) / group.Count(), 0)]);
        List<PackAim> aims = [];
        foreach (var (ambient, most) in ((string, double)[])[("25", 0.03), ("-20", 0.06)])
            foreach (bool known in (bool[])[true, false])
            {
                double rmse = Rmse(entries.Where(e => e.Group == ambient && e.LoadKnown == known));
                aims.Add(new($"energy at {ambient} °C, load {(known ? "known" : "recent")}, RMSE of rated", $"≤ {Say.Percent(most, 0)}", Say.Percent(rmse), rmse <= most));
            }

        return new()
        {
            Id = "energy",
            Title = "Energy, measured",
            Method = $"{files.Length} discharges of one LG HG2 at C/20 to 2C, none of which but the C/20 at 25 °C took part in identification. Each is entered where 10 to 70 % of its charge is out, with nothing told; five minutes later the energy "
                + $"is asked down to the voltage the run stopped at. Errors in percent of the rated {Say.Number(ratedWh, 1)} Wh (C/20, 25 °C).",
            Header = ["°C", "load", "asked", "RMSE", "mean error", "worst", "of remaining, median", "in the 90 % interval"],
            Rows = rows,
            Aims = aims,
            Lines = [.. entries.Where(e => e.LoadKnown).GroupBy(e => e.Group, StringComparer.Ordinal).OrderBy(g => double.Parse(g.Key, System.Globalization.CultureInfo.InvariantCulture))
                .Select(g => new BoardLine($"{g.Key} °C", [.. g.Select(e => e.TrueWh)], [.. g.Select(e => e.StatedWh)], PointsOnly: true)),
                new("equal", [0, ratedWh], [0, ratedWh])],
            Axes = ("Energy that came out / Wh", "Energy stated / Wh"),
        };
    }

    static double Rmse(IEnumerable<EnergyEntry> entries) => Say.Rms(entries.Select(e => e.ErrorFraction));

    static string Ambient(string file) => Path.GetFileName(Path.GetDirectoryName(file))!.Replace("degC", "", StringComparison.Ordinal).Replace('n', '-');
}
