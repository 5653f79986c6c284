using System.Text.Json;

namespace AiBms.Battery;

/// <summary>What is wrong with a JSON file, for whoever wrote it: the key and its line in place of types of this program.</summary>
public static class JsonFault
{
    /// <summary>The fault in words, without the file's name.</summary>
    public static string Text(JsonException problem)
    {
        string message = problem.Message, key = problem.Path is { Length: > 2 } path ? path[2..] : "";
        string line = problem.LineNumber is { } at ? $" (line {at + 1})" : "";
        string quoted = Quoted(message);
        if (message.Contains("null values", StringComparison.Ordinal)) return $"'{(key.EndsWith(quoted, StringComparison.OrdinalIgnoreCase) ? key : key.Length == 0 ? quoted : $"{key}.{quoted}")}' must not be null{line}.";
        if (message.Contains("could not be mapped", StringComparison.Ordinal)) return $"it has no key '{quoted}'{line}.";
        if (message.Contains("missing required", StringComparison.Ordinal)) return $"{(key.Length == 0 ? "it" : $"'{key}'")} lacks {message[(message.IndexOf(':', StringComparison.Ordinal) + 1)..].Split("Path:")[0].Trim(' ', '.')}{line}.";
        if (message.Contains("could not be converted", StringComparison.Ordinal)) return $"'{(key.Length == 0 ? "the whole" : key)}' is not of the kind that belongs there{line}.";
        return message.Split(" Path:")[0].Split(" LineNumber:")[0].TrimEnd('.') + line + ".";
    }

    /// <summary>The first list of these that has a hole in it; null where all are whole.</summary>
    public static string? Hole(params ReadOnlySpan<(string Key, IEnumerable<object?>? Items)> lists)
    {
        foreach (var (key, items) in lists)
        {
            int at = 0;
            foreach (object? item in items ?? [])
            {
                if (item is null) return $"'{key}[{at}]' must not be null.";
                at++;
            }
        }

        return null;
    }

    static string Quoted(string message)
    {
        int from = message.IndexOf('\'', StringComparison.Ordinal), to = from < 0 ? -1 : message.IndexOf('\'', from + 1);
        return to < 0 ? "" : message[(from + 1)..to];
    }
}
