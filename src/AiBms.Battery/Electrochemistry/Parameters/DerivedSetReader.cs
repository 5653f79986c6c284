using System.Text.Json;

namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>Reads a parameter set that is another one with other numbers: <c>{"id", "base", "changes": {"negative.diffusivity": 4e-14, …}}</c>.</summary>
/// <remarks>The names are those of <see cref="SetParameters"/>; a function is scaled so that it takes the number in the middle of its range.</remarks>
static class DerivedSetReader
{
    /// <summary>Whether a file has this form.</summary>
    public static bool IsDerived(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("base", out _);

    /// <summary>Reads.</summary>
    /// <param name="root">The file.</param>
    /// <param name="find">Finds the set it begins from.</param>
    /// <exception cref="FormatException">A value is missing or not understood.</exception>
    public static ParameterSet Read(JsonElement root, Func<string, ParameterSet> find)
    {
        string Text(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new FormatException($"'{name}' must be text");
        var set = find(Text("base"));
        if (!root.TryGetProperty("changes", out var changes) || changes.ValueKind != JsonValueKind.Object) throw new FormatException("'changes' must name numbers");
        foreach (var change in changes.EnumerateObject())
        {
            if (change.Value.ValueKind != JsonValueKind.Number) throw new FormatException($"'{change.Name}' must be a number");
            set = SetParameters.Find(change.Name).With(set, change.Value.GetDouble());
        }

        return set with
        {
            Id = Text("id"),
            Title = root.TryGetProperty("title", out _) ? Text("title") : set.Title,
            Source = root.TryGetProperty("source", out _) ? Text("source") : set.Source,
            CapacityAh = root.TryGetProperty("capacityAh", out var capacity) && capacity.ValueKind == JsonValueKind.Number ? capacity.GetDouble() : set.CapacityAh,
        };
    }
}
