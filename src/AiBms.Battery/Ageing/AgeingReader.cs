using System.Text.Json;
using AiBms.Battery.Electrochemistry.Degradation;

namespace AiBms.Battery.Ageing;

/// <summary>Reads what ages from the block <c>ageing</c> of a parameter set's own JSON form; what it does not name keeps the default.</summary>
public static class AgeingReader
{
    static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>Reads the block.</summary>
    /// <exception cref="FormatException">There is no block, or a value in it is not understood; the message names it.</exception>
    public static CellAgeing Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (!document.RootElement.TryGetProperty("ageing", out var ageing))
            throw new FormatException("the parameter set says nothing about ageing: it has no block 'ageing'");
        return new(Electrode(ageing, "negative"), Electrode(ageing, "positive"));
    }

    static ElectrodeAgeing? Electrode(JsonElement ageing, string name)
    {
        if (!ageing.TryGetProperty(name, out var at)) return null;
        try
        {
            return new()
            {
                Film = at.TryGetProperty("film", out var film) ? Film(film, name) : null,
                Plating = at.TryGetProperty("plating", out var plating) ? Plating(plating, name) : null,
                Mechanics = at.TryGetProperty("mechanics", out var mechanics) ? mechanics.Deserialize<MechanicsParameters>(Form) : null,
                FillsPores = at.TryGetProperty("fillsPores", out var fills) && fills.GetBoolean(),
            };
        }
        catch (JsonException problem)
        {
            throw new FormatException($"ageing of the {name} electrode: {problem.Message}", problem);
        }
    }

    static SeiGrowth Film(JsonElement at, string name) => new(Kind<SeiLaw>(at, "law", name), Rest(at, "law").Deserialize<SeiParameters>(Form)!);

    static PlatingParameters Plating(JsonElement at, string name) =>
        Rest(at, "kind").Deserialize<PlatingParameters>(Form)! with { Kind = Kind<PlatingKind>(at, "kind", name) };

    /// <summary>The block without its word.</summary>
    static JsonElement Rest(JsonElement at, string word) =>
        JsonSerializer.SerializeToElement(at.EnumerateObject().Where(p => p.Name != word).ToDictionary(p => p.Name, p => p.Value));

    static T Kind<T>(JsonElement at, string word, string electrode) where T : struct, Enum =>
        at.TryGetProperty(word, out var value) && Enum.TryParse(value.GetString(), ignoreCase: true, out T kind)
            ? kind
            : throw new FormatException($"ageing of the {electrode} electrode: '{word}' must be one of {string.Join(", ", Enum.GetNames<T>())}");
}
