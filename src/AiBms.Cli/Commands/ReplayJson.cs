using System.Text.Json.Nodes;
using AiBms.Agent.Replay;
using AiBms.Battery.Estimation.Packs;
using AiBms.Safety.Faults;
using AiBms.Telemetry.Readings;

namespace AiBms.Cli.Commands;

/// <summary>What a replay found, as JSON.</summary>
static class ReplayJson
{
    public static JsonObject Of(Recording recording, ReplayPack pack, ReplayResult result, int top) => new()
    {
        ["recording"] = recording.Name,
        ["sha256"] = recording.Findings.Sha256,
        ["rows"] = result.Rows,
        ["stretches"] = result.Stretches,
        ["seriesCount"] = pack.Layout.SeriesCount,
        ["probes"] = pack.Layout.Probes.Count,
        ["cell"] = pack.Cell.Id,
        ["capacityAh"] = Number(pack.CapacityAh),
        ["assumed"] = new JsonArray([.. pack.Assumed.Select(a => (JsonNode)a)]),
        ["closedRows"] = result.ClosedRows,
        ["withheldRows"] = result.WithheldRows,
        ["taps"] = Sensors("V_", result.Taps),
        ["probeFaults"] = Sensors("T_", result.Probes),
        ["events"] = new JsonArray([.. result.Events.Select(Event)]),
        ["cellAlarms"] = result.Events.Count(e => e.IsCellAlarm),
        ["ownWarnings"] = new JsonArray([.. result.OwnWarnings.Select(w => (JsonNode)new JsonObject
        {
            ["level"] = w.Level,
            ["rows"] = w.Rows,
            ["stretches"] = w.Stretches,
            ["firstRow"] = w.FirstRow + 1,
            ["rowsWithEvent"] = w.RowsWithEvent,
            ["chargingRows"] = w.ChargingRows,
        })]),
        ["health"] = Health(result.Last.Health),
        ["weakest"] = new JsonArray([.. result.Cells.Take(top).Select(Cell)]),
        ["baseline"] = new JsonArray([.. result.Baseline.Take(top).Select(b => (JsonNode)new JsonObject { ["cell"] = $"V_{b.Cell + 1}", ["medianV"] = Number(b.MedianV) })]),
    };

    static JsonObject Health(HealthState health) => new()
    {
        ["soh"] = new JsonArray([.. health.Soh.Select(Number)]),
        ["sohDeviation"] = new JsonArray([.. health.SohDeviation.Select(Number)]),
        ["unknownFraction"] = Number(health.UnknownFraction),
        ["reason"] = health.Reason.Sentence(),
        ["windows"] = new JsonArray([.. health.Windows.ToArray().Select(window => (JsonNode)new JsonObject
        {
            ["startS"] = Number(window.StartS),
            ["endS"] = Number(window.EndS),
            ["changeSoc"] = Number(window.ChangeSoc),
            ["chargeAh"] = Number(window.ChargeAh),
            ["restS"] = Number(window.RestS),
            ["taken"] = window.Reason == CapacityReason.None,
            ["reason"] = window.Reason.Sentence(),
        })]),
    };

    static JsonArray Sensors(string prefix, IReadOnlyList<SignalLedger> ledgers) => new([.. Enumerable.Range(0, ledgers.Count)
        .Where(i => ledgers[i].ImpossibleRows + ledgers[i].SuspectRows + ledgers[i].MissingRows > 0)
        .Select(i => (JsonNode)new JsonObject
        {
            ["signal"] = $"{prefix}{i + 1}",
            ["impossibleRows"] = ledgers[i].ImpossibleRows,
            ["lowest"] = Number(ledgers[i].Lowest),
            ["highest"] = Number(ledgers[i].Highest),
            ["missingRows"] = ledgers[i].MissingRows,
            ["suspectRows"] = ledgers[i].SuspectRows,
        })]);

    static JsonNode Event(ReplayEvent e)
    {
        var row = FaultCatalogue.Row(e.Code);
        return new JsonObject
        {
            ["code"] = row.Code,
            ["id"] = row.Id,
            ["level"] = row.Level.ToString(),
            ["place"] = e.Where < 0 || row.Place == FaultPlace.Pack ? "pack" : row.Place == FaultPlace.Cell ? $"V_{e.Where + 1}" : $"T_{e.Where + 1}",
            ["isTap"] = e.IsTap,
            ["timeS"] = Number(e.First.TimeS),
            ["row"] = e.FirstRow + 1,
            ["value"] = Number(e.First.Value),
            ["threshold"] = Number(e.First.Threshold),
            ["count"] = e.Count,
            ["durationS"] = Number(e.DurationS),
            ["ownWarning"] = Number(e.OwnWarning),
            ["sentence"] = e.Sentence,
            ["advice"] = e.First.Advice,
        };
    }

    static JsonNode Cell(CellFinding f) => new JsonObject
    {
        ["cell"] = f.Name,
        ["kind"] = ReplayScreen.Word(f),
        ["ofBlock"] = f.IsOfBlock,
        ["meanV"] = Number(f.MeanV),
        ["ownV"] = Number(f.OwnV),
        ["chargeFraction"] = Number(f.ChargeFraction),
        ["chargeAh"] = Number(f.ChargeAh),
        ["capacityFraction"] = Number(f.CapacityFraction),
        ["resistanceOhm"] = double.IsFinite(f.ResistanceOhm) ? JsonValue.Create(Math.Round(f.ResistanceOhm, 9)) : null,
        ["asChargeVRmse"] = Number(f.AsChargeVRmse),
        ["asFixedVRmse"] = Number(f.AsFixedVRmse),
        ["rows"] = f.Rows,
        ["evidence"] = f.Evidence,
    };

    static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
