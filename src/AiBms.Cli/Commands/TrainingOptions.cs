using System.Text.Json;
using AiBms.Cli.Shell;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary>Settings of a training method: defaults, then a file, then the command line.</summary>
static class TrainingOptions
{
    /// <exception cref="UsageException">A name is unknown or a pair cannot be read.</exception>
    /// <exception cref="DataException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> defaults, string? configPath, IEnumerable<string> pairs)
    {
        SortedDictionary<string, string> merged = new(StringComparer.Ordinal);
        foreach (var (name, value) in defaults) merged[name] = value;
        foreach (var (name, value) in (configPath is null ? [] : Read(configPath)).Concat(pairs.Select(Pair)))
        {
            if (!merged.ContainsKey(name)) throw new UsageException($"'{name}' is no setting of this method; known are {string.Join(", ", merged.Keys)}.");
            merged[name] = value;
        }

        return merged;
    }

    static (string Name, string Value) Pair(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (text[..equals].Trim(), text[(equals + 1)..].Trim()) : throw new UsageException($"--option takes name=value, not '{text}'.");
    }

    static IEnumerable<(string Name, string Value)> Read(string path)
    {
        string text = File.ReadAllText(path);
        return text.TrimStart().StartsWith('{') ? FromJson(path, text) : FromToml(path, text);
    }

    static (string Name, string Value)[] FromJson(string path, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateObject().Select(entry => (entry.Name, entry.Value.ToString()))];
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new DataException($"{Path.GetFileName(path)} is not JSON with one number or text a name: {problem.Message}", problem);
        }
    }

    // The part of TOML that settings need: comments, and a bare key with a number or a quoted text.
    static IEnumerable<(string Name, string Value)> FromToml(string path, string text)
    {
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Split('#')[0].Trim();
            if (line.Length == 0) continue;
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new DataException($"{Path.GetFileName(path)}, line {number}: '{line}' is not name = value.");
            yield return (line[..equals].Trim(), line[(equals + 1)..].Trim().Trim('"', '\''));
        }
    }
}
