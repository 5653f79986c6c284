using System.Text.Json.Nodes;
using AiBms.Agent.Replay;
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
        ["capacityAh"] = PackEstimatesJson.Number(pack.CapacityAh),
        ["assumed"] = new JsonArray([.. pack.Assumed.Select(a => (JsonNode)a)]),
        ["closedRows"] = result.ClosedRows,
        ["withheldRows"] = result.WithheldRows,
        ["leftOutRows"] = result.LeftOutRows,
        ["unread"] = new JsonArray([.. ReplayUnread.Of(recording, result).Select(sentence => (JsonNode)sentence)]),
        ["current"] = Sensor("current", result.Currents),
        ["taps"] = Sensors("V_", result.Taps),
        ["probeFaults"] = Sensors("T_", result.Probes),
        ["events"] = new JsonArray([.. result.Events.Select(Event)]),
        ["runawayWarnings"] = result.Events.Where(e => e.Code == FaultCode.ThermalRunaway).Sum(e => e.Count),
        ["runaway"] = RunawayText.Json(result.Runaway),
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
        ["estimates"] = PackEstimatesJson.Of(result.Last),
        ["weakest"] = new JsonArray([.. result.Cells.Take(top).Select(Cell)]),
        ["baseline"] = new JsonArray([.. result.Baseline.Take(top).Select(b => (JsonNode)new JsonObject { ["cell"] = $"V_{b.Cell + 1}", ["medianV"] = PackEstimatesJson.Number(b.MedianV) })]),
    };

    static JsonArray Sensors(string prefix, IReadOnlyList<SignalLedger> ledgers) => new([.. Enumerable.Range(0, ledgers.Count)
        .Where(i => ledgers[i].ImpossibleRows + ledgers[i].SuspectRows + ledgers[i].MissingRows > 0)
        .Select(i => (JsonNode)Sensor($"{prefix}{i + 1}", ledgers[i]))]);

    static JsonObject Sensor(string signal, SignalLedger ledger) => new()
    {
        ["signal"] = signal,
        ["impossibleRows"] = ledger.ImpossibleRows,
        ["lowest"] = PackEstimatesJson.Number(ledger.Lowest),
        ["highest"] = PackEstimatesJson.Number(ledger.Highest),
        ["missingRows"] = ledger.MissingRows,
        ["suspectRows"] = ledger.SuspectRows,
    };

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
            ["timeS"] = PackEstimatesJson.Number(e.First.TimeS),
            ["row"] = e.FirstRow + 1,
            ["value"] = PackEstimatesJson.Number(e.First.Value),
            ["threshold"] = PackEstimatesJson.Number(e.First.Threshold),
            ["count"] = e.Count,
            ["durationS"] = PackEstimatesJson.Number(e.DurationS),
            ["ownWarning"] = PackEstimatesJson.Number(e.OwnWarning),
            ["sentence"] = e.Sentence,
            ["advice"] = e.First.Advice,
        };
    }

    static JsonNode Cell(CellFinding f) => new JsonObject
    {
        ["cell"] = f.Name,
        ["kind"] = ReplayScreen.Word(f),
        ["ofBlock"] = f.IsOfBlock,
        ["meanV"] = PackEstimatesJson.Number(f.MeanV),
        ["ownV"] = PackEstimatesJson.Number(f.OwnV),
        ["chargeFraction"] = PackEstimatesJson.Number(f.ChargeFraction),
        ["chargeAh"] = PackEstimatesJson.Number(f.ChargeAh),
        ["capacityFraction"] = PackEstimatesJson.Number(f.CapacityFraction),
        ["resistanceOhm"] = double.IsFinite(f.ResistanceOhm) ? JsonValue.Create(Math.Round(f.ResistanceOhm, 9)) : null,
        ["asChargeVRmse"] = PackEstimatesJson.Number(f.AsChargeVRmse),
        ["asFixedVRmse"] = PackEstimatesJson.Number(f.AsFixedVRmse),
        ["rows"] = f.Rows,
        ["evidence"] = f.Evidence,
    };
}
