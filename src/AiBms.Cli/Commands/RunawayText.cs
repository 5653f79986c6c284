using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Safety.Runaway;

namespace AiBms.Cli.Commands;

/// <summary>The warning of a runaway in words and as JSON: when, by which signs, and what time it gained.</summary>
static class RunawayText
{
    public static string Of(in RunawayWarning warning)
    {
        string gained = warning.GainedMs < 0 ? "no temperature came to its limit" : string.Create(CultureInfo.InvariantCulture, $"{1e-3 * warning.GainedMs:0.0} s before the temperature limit");
        return string.Create(CultureInfo.InvariantCulture, $"warned at {1e-3 * warning.SinceMs:0} s by {warning.Signs}; {gained}");
    }

    /// <summary>Null where there was none; the time gained is null where no temperature came to its limit.</summary>
    public static JsonObject? Json(in RunawayWarning warning) => !warning.Active ? null : new()
    {
        ["warnedAtS"] = 1e-3 * warning.SinceMs,
        ["signs"] = warning.Signs.ToString(),
        ["where"] = warning.Where,
        ["gainedS"] = warning.GainedMs < 0 ? null : JsonValue.Create(1e-3 * warning.GainedMs),
    };
}
