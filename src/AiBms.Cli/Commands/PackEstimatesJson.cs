using System.Text.Json.Nodes;
using AiBms.Battery.Estimation.Packs;

namespace AiBms.Cli.Commands;

/// <summary>What is estimated of a pack at the end of a run, as JSON: every cell, every band, every reason. Unknown is null.</summary>
static class PackEstimatesJson
{
    public static JsonObject Of(PackState state) => new()
    {
        ["validity"] = state.Validity.ToString(),
        ["soc"] = Band(state.Soc),
        ["meanSoc"] = Band(state.MeanSoc),
        ["usableSoc"] = Band(state.UsableSoc),
        ["energy"] = new JsonObject
        {
            ["energyWh"] = Number(state.Energy.EnergyWh),
            ["deviationWh"] = Number(state.Energy.EnergyWhDeviation),
            ["loadW"] = Number(state.Energy.LoadW),
            ["timeS"] = Number(state.Energy.TimeS),
            ["cell"] = Cell(state.Energy.Cell),
        },
        ["discharge"] = Powers(state.Discharge),
        ["charge"] = Powers(state.Charge),
        ["hotSpot"] = Temperature(state.HotSpot),
        ["hotSpotAhead"] = new JsonArray([.. state.HotSpotForecast.Select((ahead, k) =>
        {
            var made = Temperature(ahead);
            made["inS"] = PackState.ForecastTimesS[k];
            return (JsonNode)made;
        })]),
        ["imbalance"] = Imbalance(state.Imbalance),
        ["health"] = Health(state.Health),
        ["cells"] = new JsonArray([.. Enumerable.Range(0, state.CellSoc.Length).Select(i => (JsonNode)new JsonObject
        {
            ["cell"] = Cell(i), ["validity"] = state.CellValidity[i].ToString(), ["soc"] = Number(state.CellSoc[i]), ["socDeviation"] = Number(state.CellSocDeviation[i]),
            ["capacityAh"] = Number(state.CapacityAh[i]), ["capacityAhDeviation"] = Number(state.CapacityAhDeviation[i]),
            ["resistanceRatio"] = Number(state.ResistanceRatio[i]), ["resistanceRatioDeviation"] = Number(state.ResistanceRatioDeviation[i]),
            ["coreDegC"] = Number(state.CoreDegC[i]), ["coreDegCDeviation"] = Number(state.CoreDegCDeviation[i]),
            ["leakA"] = Number(state.Imbalance.LeakA[i]), ["standsOut"] = state.Imbalance.LowCells[i].ToString(),
        })]),
    };

    static JsonObject Band(SocBand band) => new() { ["soc"] = Number(band.Soc), ["deviation"] = Number(band.SocDeviation) };

    static JsonArray Powers(PowerLimit[] limits) => new([.. limits.Select((limit, k) => (JsonNode)new JsonObject
    {
        ["forS"] = Number(PackState.PowerTimesS[k]), ["powerW"] = Number(limit.PowerW), ["currentA"] = Number(limit.CurrentA), ["currentADeviation"] = Number(limit.CurrentADeviation),
        ["binding"] = limit.Binding.ToString(), ["cell"] = Cell(limit.Cell), ["validity"] = limit.Validity.ToString(),
    })]);

    static JsonObject Temperature(in TemperatureEstimate estimate) => new()
    {
        ["temperatureDegC"] = Number(estimate.TemperatureDegC),
        ["deviationK"] = Number(estimate.TemperatureDegCDeviation),
        ["cell"] = Cell(estimate.Cell),
        ["validity"] = estimate.Validity.ToString(),
    };

    static JsonObject Imbalance(ImbalanceState imbalance) => new()
    {
        ["firstEmpty"] = Cell(imbalance.FirstEmptyCell),
        ["firstFull"] = Cell(imbalance.FirstFullCell),
        ["recoverableLossAh"] = Number(imbalance.RecoverableLossAh),
        ["recoverableLossAhDeviation"] = Number(imbalance.RecoverableLossAhDeviation),
        ["spreadLossAh"] = Number(imbalance.SpreadLossAh),
        ["spreadLossAhDeviation"] = Number(imbalance.SpreadLossAhDeviation),
        ["balancingHour"] = Number(imbalance.BalancingHour),
    };

    static JsonObject Health(HealthState health) => new()
    {
        ["soh"] = new JsonArray([.. health.Soh.Select(Number)]),
        ["sohDeviation"] = new JsonArray([.. health.SohDeviation.Select(Number)]),
        ["vendorSoh"] = Number(health.VendorSoh),
        ["resistanceRatio"] = Number(health.ResistanceRatio),
        ["unknownFraction"] = Number(health.UnknownFraction),
        ["reason"] = health.Reason.Sentence(),
        ["windows"] = new JsonArray([.. health.Windows.ToArray().Select(window => (JsonNode)new JsonObject
        {
            ["startS"] = Number(window.StartS), ["endS"] = Number(window.EndS), ["changeSoc"] = Number(window.ChangeSoc), ["chargeAh"] = Number(window.ChargeAh), ["restS"] = Number(window.RestS),
            ["taken"] = window.Reason == CapacityReason.None, ["reason"] = window.Reason.Sentence(),
        })]),
    };

    static JsonValue? Cell(int cell) => cell < 0 ? null : JsonValue.Create($"V_{cell + 1}");

    internal static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
