using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary>Settings of a training method: defaults, then a file, then the command line.</summary>
static class TrainingOptions
{
    /// <exception cref="UsageException">A name is unknown or a pair cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> defaults, IEnumerable<(string Name, string Value)> fromFile, IEnumerable<string> pairs)
    {
        SortedDictionary<string, string> merged = new(StringComparer.Ordinal);
        foreach (var (name, value) in defaults) merged[name] = value;
        foreach (var (name, value) in fromFile.Concat(pairs.Select(Pair)))
        {
            if (!merged.ContainsKey(name)) throw new UsageException($"'{name}' is no setting of this method; {(merged.Count == 0 ? "it has none" : $"known are {string.Join(", ", merged.Keys)}")}.");
            merged[name] = value;
        }

        return merged;
    }

    static (string Name, string Value) Pair(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (text[..equals].Trim(), text[(equals + 1)..].Trim()) : throw new UsageException($"--option takes name=value, not '{text}'.");
    }
}
