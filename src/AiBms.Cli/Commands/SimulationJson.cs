using System.Text.Json.Nodes;
using AiBms.Battery.Electrochemistry.Experiments;

namespace AiBms.Cli.Commands;

/// <summary>What <c>simulate --model … --json</c> prints in place of the table: how each step went, and where the rest was written.</summary>
static class SimulationJson
{
    /// <summary>The document.</summary>
    /// <param name="model">ecm, spm, spme or dfn.</param>
    /// <param name="cell">Cell or parameter set.</param>
    /// <param name="results">Steps in order.</param>
    /// <param name="output">Table that was written; null for none.</param>
    /// <param name="plot">Picture that was written; null for none.</param>
    public static JsonObject Of(string model, string cell, IReadOnlyList<StepResult> results, string? output, string? plot) => new()
    {
        ["model"] = model,
        ["cell"] = cell,
        ["steps"] = new JsonArray([.. results.Select(result => (JsonNode)new JsonObject
        {
            ["number"] = result.Number,
            ["step"] = result.Step.Text,
            ["end"] = PhysicsSimulation.Words(result.End),
            ["succeeded"] = result.Succeeded,
            ["startS"] = Number(result.StartS),
            ["endS"] = Number(result.EndS),
            ["chargeAh"] = Number(result.ChargeAh),
            ["energyWh"] = Number(result.EnergyWh),
        })]),
        ["out"] = output,
        ["plot"] = plot,
    };

    /// <summary>A number, or null where it is not known.</summary>
    public static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;
}
