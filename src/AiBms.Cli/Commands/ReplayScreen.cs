using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Agent.Replay;
using AiBms.Battery;
using AiBms.Cli.Shell;
using AiBms.Safety.Faults;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>What a replay found, on one screen or as JSON.</summary>
sealed class ReplayScreen(Recording recording, ReplayPack pack, ReplayResult result, int top)
{
    /// <summary>Prints it.</summary>
    /// <param name="talk">Where to.</param>
    /// <param name="beside">A learned model's state of charge; null for none.</param>
    public void Print(Talk talk, LearnedBeside? beside)
    {
        if (talk.IsJson)
        {
            var document = ReplayJson.Of(recording, pack, result, top);
            if (beside is not null) document["learned"] = beside.Json();
            talk.WriteJson(document);
            return;
        }

        foreach (string sentence in pack.Assumed) talk.Say(sentence);
        Write(talk.Data);
        if (beside is not null) talk.Data.WriteLine(beside.Line());
    }

    /// <summary>The screen.</summary>
    public void Write(TextWriter print)
    {
        double days = (result.EndS - recording.TimeS.FirstOrDefault(double.IsFinite)) / 86_400;
        print.WriteLine(I($"{recording.Name}: {result.Rows} rows over {days:0.0} days in {result.Stretches} stretches; {pack.Layout.SeriesCount} cells in series, {pack.Layout.Probes.Count} probes, {pack.CapacityAh:0.0} Ah"));
        print.WriteLine(I($"  contactors closed in {result.ClosedRows} rows; {result.WithheldRows} rows with current while this chain would have kept them open (estimates take what flowed)"));
        foreach (string sentence in ReplayUnread.Of(recording, result)) print.WriteLine($"  {sentence}");
        if (result.Currents is { ImpossibleRows: 0, MissingRows: 0 }) print.WriteLine("  current: everything believed");
        else Sensors(print, "current", "", "A", [result.Currents]);
        Sensors(print, "cell taps", "V_", "V", result.Taps);
        Sensors(print, "probes", "T_", "°C", result.Probes);
        Events(print);
        if (result.Runaway.Active) print.WriteLine($"  runaway: {RunawayText.Of(result.Runaway)}");
        Warnings(print);
        Cells(print);
        new PackEstimatesScreen(result.Last, pack.CapacityAh).Write(print);
    }

    static void Sensors(TextWriter print, string what, string prefix, string unit, IReadOnlyList<SignalLedger> ledgers)
    {
        long impossible = ledgers.Sum(l => l.ImpossibleRows), suspect = ledgers.Sum(l => l.SuspectRows), missing = ledgers.Sum(l => l.MissingRows);
        if (impossible + suspect + missing == 0)
        {
            print.WriteLine($"  {what}: everything believed");
            return;
        }

        double low = ledgers.Min(l => double.IsNaN(l.Lowest) ? double.PositiveInfinity : l.Lowest), high = ledgers.Max(l => double.IsNaN(l.Highest) ? double.NegativeInfinity : l.Highest);
        string range = impossible == 0 ? "" : I($" from {low:G6} to {high:G6} {unit}");
        string where = prefix.Length == 0 ? "" : Ranges(prefix, [.. Enumerable.Range(0, ledgers.Count).Where(i => ledgers[i].ImpossibleRows > 0)]);
        print.WriteLine(I($"  {what}, sensor faults: {impossible} impossible values{range}{(where.Length > 0 ? " at " : "")}{where}; {missing} missing; {suspect} not believed beside them or while jumping"));
    }

    void Events(TextWriter print)
    {
        print.WriteLine(result.Events.Count == 0 ? "events: none" : "events (from the first row on; how often, how long in all; the record's own warning level at the first):");
        foreach (var e in result.Hardest)
        {
            string own = double.IsNaN(e.OwnWarning) ? "-" : e.OwnWarning.ToString("0", CultureInfo.InvariantCulture);
            print.WriteLine(I($"  {FaultCatalogue.Row(e.Code).Level,-7} {e.First.TimeS / 3600,8:0.00} h  {e.Count,4} ×  {Duration(e.DurationS),8}  own {own}  {e.Sentence} {Advice(e)}"));
        }

        int left = result.Events.Count - result.Hardest.Count();
        if (left > 0) print.WriteLine(I($"  and {left} milder or later of the same: --json lists them"));
        int runaways = result.Events.Where(e => e.Code == FaultCode.ThermalRunaway).Sum(e => e.Count);
        print.WriteLine(I($"  alarms about cells: {result.Events.Count(e => e.IsCellAlarm)}{(runaways > 0 ? $"; besides, {runaways} × the warning of a runaway, which is the pack's and stands above" : "")}"));
    }

    // A record has no processor: what it misses are rows.
    static string Advice(ReplayEvent e) => e.Code == FaultCode.StepGap ? "The record has no rows in between." : e.First.Advice;

    void Warnings(TextWriter print)
    {
        if (!result.HasOwnWarnings)
        {
            print.WriteLine("the record has no warnings of its own");
            return;
        }

        foreach (var w in result.OwnWarnings)
            print.WriteLine(I($"own warning level {w.Level}: {w.Rows} rows in {w.Stretches} stretches, first at row {w.FirstRow + 1} ({recording.TimeS[w.FirstRow] / 3600:0.00} h); the pack was charged in {w.ChargingRows} of them, this chain had a warning in {w.RowsWithEvent}"));
    }

    /// <summary>The record's own SOC beside ours, where it has one.</summary>
    string Own() => recording.ReferenceSoc is { } own && double.IsFinite(own[^1]) ? I($"; the record's own SOC {100 * own[^1]:0.0} %") : "";

    void Cells(TextWriter print)
    {
        var imbalance = result.Last.Imbalance;
        if (imbalance.FirstEmptyCell >= 0)
            print.WriteLine(I($"at the end: SOC {100 * result.Last.Soc.Soc:0.0} %; V_{imbalance.FirstEmptyCell + 1} is empty first, V_{imbalance.FirstFullCell + 1} full first; balancing brings back {imbalance.RecoverableLossAh:0.00} ± {2 * imbalance.RecoverableLossAhDeviation:0.00} Ah{Own()}"));
        print.WriteLine(I($"weakest cells (slope of the OCV {(result.Curve.IsOfRecord ? "read off the record" : "of the cell type")}):"));
        foreach (var f in result.Cells.Take(top)) print.WriteLine(I($"  {f.Name,-5} {Word(f),-26} {f.Evidence}"));
        Disagree(print);
        var resistive = result.Cells.Where(f => f.ResistanceStandsOut).OrderByDescending(f => f.ResistanceOhm).Take(top).ToList();
        if (resistive.Count > 0) print.WriteLine(I($"more resistance than the others: {string.Join(", ", resistive.Select(f => I($"{f.Name} {1e6 * f.ResistanceOhm:+0} µΩ")))}"));
        print.WriteLine(I($"baseline, lowest medians: {string.Join(", ", result.Baseline.Take(top).Select(b => I($"V_{b.Cell + 1} {SignedText.Of(1000 * b.MedianV, 0)} mV")))}"));
    }

    /// <summary>Where ranking and estimates say different things of the charge of a weak cell, the screen says so, and why.</summary>
    void Disagree(TextWriter print)
    {
        const double SureDeviations = 3, LeastAh = 0.5;
        List<string> cells = [];
        foreach (var f in result.Cells.Take(top).Where(f => f.Kind == CellFindingKind.ChargeDeficit && f.ChargeAh < 0))
        {
            (double ah, double deviationAh) = result.EstimatedAh(f.Cell);
            if (Math.Abs(ah - f.ChargeAh) > Math.Max(LeastAh, SureDeviations * deviationAh)) cells.Add(I($"{f.Name} {SignedText.Of(ah, 2)} ± {2 * deviationAh:0.00} Ah"));
        }

        if (cells.Count == 0) return;
        print.WriteLine($"  of these the estimates at the end say otherwise (about the mean cell): {string.Join(", ", cells)}");
        print.WriteLine("  the ranking fits means and slopes of the whole record at once; the estimates go through it sample by sample, and where taps are read at another time than the current,");
        print.WriteLine("  they take part of what a cell lacks for an error of its voltage: what balancing brings back is then too small, and the ranking is to be believed");
    }

    internal static string Word(CellFinding finding) => finding.Kind switch
    {
        CellFindingKind.InLine => "in line",
        CellFindingKind.ChargeDeficit when finding.ChargeFraction > 0 => "holds more charge",
        CellFindingKind.ChargeDeficit => "charge deficit",
        CellFindingKind.LowCapacity => "low capacity",
        CellFindingKind.HighResistance => "high resistance",
        _ => "measurement",
    } + (finding.IsOfBlock ? " of its block" : "");

    internal static string Ranges(string prefix, int[] at)
    {
        List<string> parts = [];
        for (int k = 0; k < at.Length;)
        {
            int from = k;
            while (k + 1 < at.Length && at[k + 1] == at[k] + 1) k++;
            parts.Add(from == k ? I($"{prefix}{at[k] + 1}") : I($"{prefix}{at[from] + 1}…{at[k] + 1}"));
            k++;
        }

        return string.Join(", ", parts);
    }

    static string Duration(double s) => s < 120 ? I($"{s:0} s") : s < 7200 ? I($"{s / 60:0} min") : I($"{s / 3600:0.0} h");

    static string I(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
