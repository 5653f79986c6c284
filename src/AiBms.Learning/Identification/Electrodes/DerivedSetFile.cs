using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>Writes a fitted parameter set as the set it began from with other numbers, and what is known of them.</summary>
public static class DerivedSetFile
{
    static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file's text.</summary>
    /// <param name="result">The fit.</param>
    /// <param name="recipe">Whose recordings.</param>
    /// <param name="origin">Name of the set it began from.</param>
    /// <param name="options">How it was fitted.</param>
    /// <param name="command">Command that makes the file again.</param>
    public static string Format(ElectrodeFitResult result, Recipe recipe, string origin, ElectrodeFitOptions options, string command)
    {
        var fitted = result.Curves.Where(c => c.Use != "check").ToArray();
        string model = options.Kind.ToString().ToUpperInvariant();
        return new JsonObject
        {
            ["id"] = recipe.Id,
            ["title"] = recipe.Name.Length > 0 ? recipe.Name : recipe.Id,
            ["base"] = origin,
            ["source"] = $"{result.Set.Source}; {result.Estimates.Count} numbers fitted to {(recipe.Data.Length > 0 ? recipe.Data : "recordings")} with the {model} by: {command}",
            ["validity"] = FormattableString.Invariant($"{fitted.Min(c => c.TemperatureDegC):0} to {fitted.Max(c => c.TemperatureDegC):0} °C, the loads of the recordings; shapes of functions and activation energies are the base's"),
            ["capacityAh"] = recipe.CapacityAh,
            ["changes"] = new JsonObject(result.Changes.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)Rounded(c.Value)))),
            ["fit"] = Fit(result),
        }.ToJsonString(s_indented) + "\n";
    }

    /// <summary>Parameters, how well they are known, and curves.</summary>
    public static JsonObject Fit(ElectrodeFitResult result) => new()
    {
        ["parameters"] = new JsonArray([.. result.Estimates.Select(e => new JsonObject
        {
            ["name"] = e.Name,
            ["unit"] = e.Unit,
            ["start"] = Rounded(e.StartNumber),
            ["fitted"] = Rounded(e.FittedNumber),
            ["lower"] = Rounded(e.LowerNumber),
            ["upper"] = Rounded(e.UpperNumber),
            ["deviationFraction"] = double.IsFinite(e.DeviationFraction) ? Rounded(e.DeviationFraction) : null,
            ["voltagePerLogarithmMV"] = Rounded(e.SensitivityMV),
            ["tradedAgainst"] = e.Partner,
            ["correlation"] = Rounded(e.CorrelationFraction),
            ["halvedRmseMV"] = e.ProfileMV is { } half ? Rounded(half.Half) : null,
            ["doubledRmseMV"] = e.ProfileMV is { } twice ? Rounded(twice.Twice) : null,
            ["verdict"] = e.Verdict,
        })]),
        ["curves"] = new JsonArray([.. result.Curves.Select(c => new JsonObject
        {
            ["recording"] = c.Name, ["use"] = c.Use, ["temperatureDegC"] = Rounded(c.TemperatureDegC), ["rmseBeforeMV"] = Rounded(c.BeforeMV), ["rmseMV"] = Rounded(c.AfterMV),
        })]),
    };

    /// <summary>Six digits are far beyond what a fit knows.</summary>
    static double Rounded(double value) => double.Parse(value.ToString("g6", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
