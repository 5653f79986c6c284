using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AiBms.Battery.Electrochemistry.Degradation;

namespace AiBms.Battery.Ageing;

/// <summary>Reads what ages from the block <c>ageing</c> of a parameter set's own JSON form; what it does not name keeps the default.</summary>
public static class AgeingReader
{
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
                Mechanics = at.TryGetProperty("mechanics", out var mechanics) ? Read(mechanics, "", new(), AgeingJson.Default.MechanicsParameters) : null,
                FillsPores = at.TryGetProperty("fillsPores", out var fills) && fills.GetBoolean(),
            };
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new FormatException($"ageing of the {name} electrode: {problem.Message}", problem);
        }
    }

    static SeiGrowth Film(JsonElement at, string name) => new(Kind<SeiLaw>(at, "law", name), Read(at, "law", new(), AgeingJson.Default.SeiParameters));

    static PlatingParameters Plating(JsonElement at, string name) =>
        Read(at, "kind", new(), AgeingJson.Default.PlatingParameters) with { Kind = Kind<PlatingKind>(at, "kind", name) };

    /// <summary>A block without its word over the defaults: the generated reader would take what is missing as zero.</summary>
    static T Read<T>(JsonElement at, string word, T defaults, JsonTypeInfo<T> type)
    {
        var whole = (JsonObject)JsonSerializer.SerializeToNode(defaults, type)!;
        foreach (var property in at.EnumerateObject())
            if (property.Name != word) whole[property.Name] = JsonNode.Parse(property.Value.GetRawText());
        return whole.Deserialize(type)!;
    }

    static T Kind<T>(JsonElement at, string word, string electrode) where T : struct, Enum =>
        at.TryGetProperty(word, out var value) && Enum.TryParse(value.GetString(), ignoreCase: true, out T kind)
            ? kind
            : throw new FormatException($"ageing of the {electrode} electrode: '{word}' must be one of {string.Join(", ", Enum.GetNames<T>())}");
}
