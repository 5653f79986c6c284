using System.Globalization;
using System.Text;
using AiBms.Learning.Boards;

namespace AiBms.Learning.Twins;

/// <summary>Runs the twin's board and writes its page and pictures.</summary>
public static class TwinBoardPage
{
    /// <summary>Runs both halves and writes README.md, case-temperature.png and module-voltage.png into a folder.</summary>
    /// <param name="thermal">Case temperatures.</param>
    /// <param name="module">Group voltages.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="stamp">The command and the data's hash, one sentence.</param>
    /// <param name="talk">Told what is being run.</param>
    /// <returns>The page.</returns>
    public static string Write(ThermalBoard thermal, ModuleBoard module, string folder, string stamp, Action<string> talk)
    {
        Directory.CreateDirectory(folder);
        var cases = thermal.Run(talk);
        var modules = module.Run(talk);
        TwinBoardPlots.CaseTemperature(cases, Path.Combine(folder, "case-temperature.png"));
        TwinBoardPlots.ModuleVoltage(modules, Path.Combine(folder, "module-voltage.png"));

        StringBuilder page = new();
        page.Append("# Twin board\n\n").Append(stamp).Append("\n\n");
        Thermal(page, cases, BoardNotes.Read(Path.Combine(folder, "notes.md")));
        Module(page, modules, module);
        string text = page.ToString().TrimEnd('\n') + "\n";
        File.WriteAllText(Path.Combine(folder, "README.md"), text);
        return text;
    }

    static void Thermal(StringBuilder page, IReadOnlyList<ThermalCase> cases, IReadOnlyDictionary<string, string> notes)
    {
        page.Append("## Case temperature of recordings left out of identification\n\n");
        page.Append("The twin is given the measured current, the first temperature and, where recorded, the surroundings; heat comes from its own voltage. "
            + "Left out: LG M50 one rate at each temperature; Samsung 30Q the whole second cell; DMEGC the whole third cell (5 constant-current and pulse tests, 50 random loads). "
            + "Recordings that warm by less than 1 K are passed over. *Still* is the baseline of a temperature that stays as at the start.\n\n");
        page.Append("![case temperature, measured and simulated](case-temperature.png)\n\n");
        var table = new MarkdownTable("recording", "rate", "rise, K", "RMSE, K", "worst, K", "still, K", "voltage RMSE, mV", "aim, K", "");
        foreach (var group in cases.GroupBy(c => (c.Cell, IsRandom: IsRandom(c))))
        {
            if (!group.Key.IsRandom)
            {
                foreach (var c in group) table.Add(c.Recording, $"{F(c.CRate, "0.0")}C", F(c.RiseK, "0.0"), F(c.CaseRmseK), F(c.CaseMaxK), F(c.StillRmseK), F(1000 * c.VoltageRmseV, "0"), F(c.AimK, "0"), c.Hit ? "kept" : "missed");
                continue;
            }

            double rms(Func<ThermalCase, double> of) => Math.Sqrt(group.Average(c => of(c) * of(c)));
            int hits = group.Count(c => c.Hit), count = group.Count();
            table.Add($"{group.Key.Cell}, {count} random loads together", $"to {F(group.Max(c => c.CRate), "0.0")}C", F(group.Max(c => c.RiseK), "0.0"), F(rms(c => c.CaseRmseK)), F(group.Max(c => c.CaseMaxK)), F(rms(c => c.StillRmseK)),
                F(1000 * rms(c => c.VoltageRmseV), "0"), F(group.Max(c => c.AimK), "0"), hits == count ? "kept, all" : $"kept by {hits} of {count}");
        }

        table.Write(page);
        foreach (var missed in cases.Where(c => !c.Hit))
            page.Append(CultureInfo.InvariantCulture, $"- {missed.Cell} {missed.Recording}: {F(missed.CaseRmseK)} K against {F(missed.AimK, "0")}. {notes.GetValueOrDefault($"{missed.Cell} {missed.Recording}", "")}\n");
        page.Append('\n');
    }

    static void Module(StringBuilder page, IReadOnlyList<ModuleCase> modules, ModuleBoard module)
    {
        page.Append("## Group voltages of a Nissan Leaf module\n\n");
        page.Append("Six groups of two cells, circuit from single cells. Each group's start is its first voltage at rest. Its capacity, and one factor on all resistances, are those that follow the discharges at 0.3C and 1C best: ");
        page.AppendJoin(", ", module.GroupCapacityAh.Select(q => F(q, "0.0"))).Append(CultureInfo.InvariantCulture, $" Ah and {F(module.ResistanceFactor)}. 2C is then predicted. ").Append("*Alike* is the baseline of six groups as in the cell's file, full at the start. All in mV, over the whole discharge; the worst stands at its end, where the curve is steep and a hundredth of the capacity is tens of millivolts.\n\n");
        page.Append("![group voltages, measured and simulated](module-voltage.png)\n\n");
        var table = new MarkdownTable("recording", "use", "RMSE of each group", "worst of each, twin − measured", "all groups", "alike", "highest − lowest, error", "its mean");
        foreach (var m in modules)
            table.Add(m.Recording, m.Use, string.Join(", ", m.GroupRmseV.Select(v => F(1000 * v, "0"))), string.Join(", ", m.GroupWorstV.Select(v => F(1000 * v, "0"))), F(1000 * Rms(m.GroupRmseV), "0.0"), F(1000 * Rms(m.UniformRmseV), "0.0"), F(1000 * m.SpreadRmseV, "0"), F(1000 * m.SpreadMeanV, "0"));
        table.Write(page);
    }

    static bool IsRandom(ThermalCase c) => c.Recording.Contains("rw_data", StringComparison.Ordinal);

    static double Rms(double[] values) => Math.Sqrt(values.Average(v => v * v));

    static string F(double value, string form = "0.00") => value.ToString(form, CultureInfo.InvariantCulture);
}
