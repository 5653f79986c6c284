using System.Globalization;
using System.Text.Json;
using AiBms.Cli.Shell;
using AiBms.Telemetry;
using Tomlyn;
using Tomlyn.Model;

namespace AiBms.Cli.Commands;

/// <summary>What a settings file of <c>train</c> says, JSON or TOML: options of the command by name, settings of the method beside them or in a table <c>options</c>.</summary>
sealed class TrainingConfig
{
    const string Table = "options";

    static readonly string[] s_words = ["model", "method", "data_path", "set", "cell", "cells", "without", "seed", "out", "plot", "checkpoint"];

    readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    readonly List<(string Name, string Value)> _settings = [];

    /// <summary>Settings of the method, in the file's order.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings => _settings;

    /// <summary>What the file says of an option of the command; null where nothing.</summary>
    public string? this[string word] => _words.GetValueOrDefault(word);

    /// <summary>The same as a number.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public double? Number(string word) => this[word] is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw new UsageException($"{word} in the settings file takes a number, not '{text}'.");

    /// <summary>Reads a file; an empty one where there is no path.</summary>
    /// <exception cref="DataException">It is neither TOML nor JSON, or holds what is no setting.</exception>
    public static TrainingConfig Read(string? path)
    {
        TrainingConfig config = new();
        if (path is null) return config;
        string name = Path.GetFileName(path), text = File.Exists(path) ? File.ReadAllText(path) : throw new DataException($"{path} does not exist: --config names a file of settings.");
        foreach (var (key, value) in text.TrimStart().StartsWith('{') ? FromJson(name, text) : FromToml(name, text))
        {
            if (key == Table && value is IEnumerable<KeyValuePair<string, object?>> table)
                foreach (var (inner, setting) in table) config._settings.Add((inner, Text(name, $"{Table}.{inner}", setting)));
            else if (s_words.Contains(key, StringComparer.Ordinal)) config._words[key] = Text(name, key, value);
            else config._settings.Add((key, Text(name, key, value)));
        }

        return config;
    }

    static string Text(string file, string key, object? value) => value switch
    {
        string or bool or long or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        JsonElement { ValueKind: JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } element => element.ToString(),
        _ => throw new DataException($"{file}: '{key}' is neither a number nor a text; one table alone is known, '{Table}', with settings of the method."),
    };

    static IEnumerable<KeyValuePair<string, object?>> FromJson(string name, string text)
    {
        try
        {
            return [.. JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text)!.Select(entry => KeyValuePair.Create<string, object?>(entry.Key, entry.Value.ValueKind == JsonValueKind.Object
                ? entry.Value.EnumerateObject().Select(inner => KeyValuePair.Create<string, object?>(inner.Name, inner.Value)).ToArray() : entry.Value))];
        }
        catch (JsonException problem)
        {
            throw new DataException($"{name} is not JSON with one number or text a name: {problem.Message}", problem);
        }
    }

    static IEnumerable<KeyValuePair<string, object?>> FromToml(string name, string text)
    {
        try
        {
            return [.. TomlSerializer.Deserialize<TomlTable>(text)!.Select(entry => KeyValuePair.Create<string, object?>(entry.Key, entry.Value))];
        }
        catch (TomlException problem)
        {
            throw new DataException($"{name} is not TOML: {problem.Message.Split('\n')[0].Trim()}", problem);
        }
    }
}
