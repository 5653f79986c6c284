using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Agent.Chain;
using AiBms.Agent.Simulate;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Packs;
using AiBms.Safety.Envelopes;

namespace AiBms.Cli.Commands;

/// <summary>What became of a simulated pack, on one screen or as JSON.</summary>
sealed class PackSimulationScreen(PackSimulationRequest request, PackSimulationResult result)
{
    const int MostEvents = 12, MostLeaks = 5;

    public void Print(TextWriter print)
    {
        var (layout, rows, truth) = (result.Twin.Layout, result.Rows, result.Twin.Truth);
        print.WriteLine(I($"{layout.Id}: {layout.SeriesCount}s{layout.ParallelCount}p, simulated {truth.TimeS / 3600:0.00} h at {request.AmbientDegC:0.#} °C, {rows.Count} rows"));
        print.WriteLine(I($"  charge       {100 * rows.Soc[0]:0.0} % to {100 * rows.Soc[^1]:0.0} % of SOC (chain: {Percent(rows.EstimatedSoc[^1])}); {truth.Ledger.TerminalJ / 3.6e6:+0.00;-0.00;0.00} kWh at the terminals, {(truth.Ledger.CellHeatJ + truth.Ledger.BusbarHeatJ) / 3.6e6:0.00} kWh became heat"));
        print.WriteLine(I($"  temperature  hottest core {rows.PeakDegC:0.0} °C after {rows.PeakS / 60:0} min (V_{Hottest + 1}); largest spread {rows.LargestSpreadK:0.0} K"));
        if (truth.FluidDegC.Length > 0) print.WriteLine(I($"  coolant      enters at {truth.TankDegC:0.0} °C, leaves at {truth.OutletDegC:0.0} °C, {truth.FlowLPerMin:0.0} L/min, level {100 * truth.LevelFraction:0} %; pump {rows.PumpEnergyWh:0} Wh, chiller {rows.ChillerEnergyWh:0} Wh"));
        print.WriteLine(I($"  limits       charge {rows.ChargeLimitA[^1]:0} A, discharge {rows.DischargeLimitA[^1]:0} A at the end"));
        print.WriteLine($"               charge is bound by {BindingText.Of(result.Chain.Restricted.ChargeBinding, rows.ChargeBoundSinceS)}");
        print.WriteLine($"               discharge is bound by {BindingText.Of(result.Chain.Restricted.DischargeBinding, rows.DischargeBoundSinceS)}");
        print.WriteLine($"  bound by     charge: {Shares(Bound(rows.ChargeBoundS))}; discharge: {Shares(Bound(rows.DischargeBoundS))} of the time");
        if (Decided().Any()) print.WriteLine($"  the charge   {Shares(Decided())} of the time");
        print.WriteLine(I($"  state        {result.Chain.Safety.State}, contactors {(truth.IsOnLine ? "closed" : "open")}"));
        for (int k = 0; k < request.Faults.Count; k++) print.WriteLine($"  injected     {request.Faults[k]}{NeverCame(k)}");
        if (rows.Runaway.Active) print.WriteLine($"  runaway      {RunawayText.Of(rows.Runaway)}");
        print.WriteLine(result.Events.Count == 0 ? "events: none" : "events:");
        foreach (var e in result.Events.Take(MostEvents)) print.WriteLine(I($"  {e.TimeS,8:0.0} s  {(e.Begins ? "begins" : "ends"),-6} {e.Level,-8} {e.Sentence}"));
        if (result.Events.Count > MostEvents) print.WriteLine(I($"  and {result.Events.Count - MostEvents} more: --json lists them"));
        print.WriteLine(result.Findings.Count == 0 ? "found by the estimates: nothing" : "found by the estimates (time, the most it was):");
        foreach (var f in result.Findings.Take(MostEvents)) print.WriteLine(I($"  {f.SinceS,8:0.0} s  {Found(f)}: {f.Size:0.##} {FindingText.Unit(f.Kind)}, held against {f.Threshold:0.##} {FindingText.Unit(f.Kind)}"));
        if (result.Findings.Count > MostEvents) print.WriteLine(I($"  and {result.Findings.Count - MostEvents} more: --json lists them"));
        Imbalance(print);
        new PackEstimatesScreen(result.Chain.State, result.Chain.Estimator.Group.CapacityAh).Write(print);
        if (request.Output is { } output) print.WriteLine($"readings: {output}");
        if (request.Plot is { } plot) print.WriteLine($"picture: {plot}");
    }

    public JsonObject Json()
    {
        var (rows, truth) = (result.Rows, result.Twin.Truth);
        return new()
        {
            ["pack"] = result.Twin.Layout.Id,
            ["durationS"] = truth.TimeS,
            ["rows"] = rows.Count,
            ["socStart"] = rows.Soc[0],
            ["socEnd"] = rows.Soc[^1],
            ["socEstimateEnd"] = Number(rows.EstimatedSoc[^1]),
            ["terminalEnergyWh"] = truth.Ledger.TerminalJ / 3600,
            ["heatWh"] = (truth.Ledger.CellHeatJ + truth.Ledger.BusbarHeatJ) / 3600,
            ["hottestCoreDegC"] = Number(rows.PeakDegC),
            ["hottestCell"] = $"V_{Hottest + 1}",
            ["hottestAtS"] = rows.PeakS,
            ["largestSpreadK"] = rows.LargestSpreadK,
            ["pumpWh"] = rows.PumpEnergyWh,
            ["chillerWh"] = rows.ChillerEnergyWh,
            ["state"] = result.Chain.Safety.State.ToString(),
            ["contactorsClosed"] = truth.IsOnLine,
            ["chargeBinding"] = BindingText.Json(result.Chain.Restricted.ChargeBinding, result.Chain.Restricted.ChargeLimitA, rows.ChargeBoundSinceS),
            ["dischargeBinding"] = BindingText.Json(result.Chain.Restricted.DischargeBinding, result.Chain.Restricted.DischargeLimitA, rows.DischargeBoundSinceS),
            ["chargeBoundBy"] = Json(Bound(rows.ChargeBoundS)),
            ["dischargeBoundBy"] = Json(Bound(rows.DischargeBoundS)),
            ["chargeDecidedBy"] = Json(Decided()),
            ["runaway"] = RunawayText.Json(rows.Runaway),
            ["faults"] = new JsonArray([.. request.Faults.Select((text, k) => (JsonNode)(text + NeverCame(k)))]),
            ["estimates"] = PackEstimatesJson.Of(result.Chain.State),
            ["events"] = new JsonArray([.. result.Events.Select(e => (JsonNode)new JsonObject
            {
                ["timeS"] = e.TimeS, ["begins"] = e.Begins, ["code"] = e.Code.ToString(), ["level"] = e.Level.ToString(), ["where"] = e.Where, ["text"] = e.Sentence,
            })]),
            ["findings"] = new JsonArray([.. result.Findings.Select(f => (JsonNode)new JsonObject
            {
                ["timeS"] = f.SinceS, ["kind"] = f.Kind.ToString(), ["where"] = f.Cell, ["size"] = Number(f.Size), ["threshold"] = Number(f.Threshold), ["unit"] = FindingText.Unit(f.Kind), ["text"] = Found(f),
            })]),
            ["out"] = request.Output,
            ["plot"] = request.Plot,
        };
    }

    /// <summary>The cells that bound the pack, what balancing brings back, and cells that stand out.</summary>
    void Imbalance(TextWriter print)
    {
        var state = result.Chain.State;
        var imbalance = state.Imbalance;
        if (imbalance.FirstEmptyCell < 0) return;
        print.WriteLine(I($"cells: V_{imbalance.FirstEmptyCell + 1} is empty first, V_{imbalance.FirstFullCell + 1} full first; balancing brings back {imbalance.RecoverableLossAh:0.00} ± {2 * imbalance.RecoverableLossAhDeviation:0.00} Ah"));
        int[] leaky = [.. imbalance.LeakRank.Take(MostLeaks).Where(i => imbalance.LeakA[i] > 3 * imbalance.LeakADeviation[i])];
        if (leaky.Length > 0) print.WriteLine($"  self-discharge beyond the middle cell's: {string.Join(", ", leaky.Select(i => I($"V_{i + 1} {1000 * imbalance.LeakA[i]:0} ± {2000 * imbalance.LeakADeviation[i]:0} mA")))}");
        for (int i = 0; i < imbalance.LowCells.Length; i++)
            if (imbalance.LowCells[i] != LowCellKind.None) print.WriteLine($"  V_{i + 1}: {FindingText.Low(imbalance.LowCells[i])} ({FindingText.Evidence(i, state.CellSoc, state.CapacityAh, state.ResistanceRatio)})");
    }

    /// <summary>A finding in words; a cooling loss of a cell names it.</summary>
    static string Found(in PackFinding finding)
    {
        string text = FindingText.Kind(finding.Kind, (finding.Cell + 1).ToString(CultureInfo.InvariantCulture));
        return finding.Kind == FindingKind.CoolingLoss && finding.Cell >= 0 ? I($"{text}, around V_{finding.Cell + 1}") : text;
    }

    int Hottest => Array.IndexOf(result.Rows.HottestCoreDegC, result.Rows.HottestCoreDegC.DefaultIfEmpty(double.NaN).Max());

    /// <summary>A fault whose time was after the end.</summary>
    string NeverCame(int k) => result.Options.Twin.Faults[k].StartS < result.Twin.Truth.TimeS ? "" : I($" (never came: the run ended at {result.Twin.Truth.TimeS:0} s)");

    // Of the control's own wish the charge's reason says more.
    IEnumerable<(string Name, double Share)> Bound(Func<LimitName, double> boundS) => Shares(Enum.GetValues<LimitName>(), boundS, BindingText.Name);

    IEnumerable<(string Name, double Share)> Decided() => Shares([.. Enum.GetValues<ChargeReason>().Where(reason => reason != ChargeReason.NotRequested)], result.Rows.DecidedS, reason => reason.ToString());

    IEnumerable<(string Name, double Share)> Shares<T>(T[] all, Func<T, double> timeS, Func<T, string> word) =>
        all.Select(one => (word(one), timeS(one) / result.Twin.Truth.TimeS)).Where(b => b.Item2 > 0).OrderByDescending(b => b.Item2);

    static string Shares(IEnumerable<(string Name, double Share)> shares) => string.Join(", ", shares.Take(4).Select(b => I($"{b.Name} {100 * b.Share:0} %")));

    static JsonObject Json(IEnumerable<(string Name, double Share)> shares) => new(shares.Select(b => KeyValuePair.Create(b.Name, (JsonNode?)Math.Round(b.Share, 6))));

    static string Percent(double soc) => double.IsFinite(soc) ? I($"{100 * soc:0.0} %") : "unknown";

    static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;

    static string I(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
