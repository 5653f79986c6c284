using System.Text.Json;
using AiBms.Telemetry;

namespace AiBms.Server.Alarms;

/// <summary>The alarm rules, kept in one JSON file beside the store.</summary>
sealed class AlarmBook
{
    static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    readonly string _path;
    readonly Lock _lock = new();

    /// <exception cref="DataException">The file cannot be read.</exception>
    public AlarmBook(ServerOptions options)
    {
        _path = Path.Combine(options.Folder, "rules.json");
        try
        {
            Rules = File.Exists(_path) ? [.. JsonSerializer.Deserialize<List<AlarmRule>>(File.ReadAllBytes(_path), s_json)!.Select(r => r.Validated())] : AlarmRule.First;
        }
        catch (Exception problem) when (problem is JsonException or IOException)
        {
            throw new DataException($"The alarm rules {_path} cannot be read ({problem.Message.TrimEnd('.')}): mend the file, or move it away.", problem);
        }
    }

    public IReadOnlyList<AlarmRule> Rules { get; private set; }

    /// <summary>Adds a rule, or takes the place of the one of its name.</summary>
    public void Set(AlarmRule rule) => Keep(rules => [.. rules.Where(r => r.Name != rule.Name), rule.Validated()]);

    /// <returns>False where there is none of that name.</returns>
    public bool Remove(string name)
    {
        if (!Rules.Any(r => r.Name == name)) return false;
        Keep(rules => [.. rules.Where(r => r.Name != name)]);
        return true;
    }

    void Keep(Func<IReadOnlyList<AlarmRule>, IReadOnlyList<AlarmRule>> change)
    {
        lock (_lock)
        {
            var next = change(Rules);
            // Written beside and moved: a loss of power leaves the old file or the new one.
            File.WriteAllBytes(_path + ".new", JsonSerializer.SerializeToUtf8Bytes(next, s_json));
            File.Move(_path + ".new", _path, overwrite: true);
            Rules = next;
        }
    }
}
