using System.Text.Json;
using AiBms.Server.Books;
using AiBms.Telemetry;

namespace AiBms.Server.Alarms;

/// <summary>The alarm rules, kept as one JSON text. What another server changed is known after <see cref="Refresh"/>.</summary>
sealed class AlarmBook
{
    static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    readonly IBookText _text;
    readonly Lock _lock = new();
    long _version;

    /// <exception cref="DataException">The text cannot be read.</exception>
    public AlarmBook(IBookText text)
    {
        (_text, _version) = (text, text.Version());
        try
        {
            Rules = Of(text.Read());
        }
        catch (Exception problem) when (problem is JsonException or IOException)
        {
            throw new DataException($"The alarm rules {text.Name} cannot be read ({problem.Message.TrimEnd('.')}): mend them, or move them away.", problem);
        }
    }

    public IReadOnlyList<AlarmRule> Rules { get; private set; }

    /// <summary>Takes in what other servers changed.</summary>
    /// <exception cref="System.Data.Common.DbException">The database cannot be reached.</exception>
    public void Refresh()
    {
        long version = _text.Version();
        lock (_lock)
        {
            if (version == _version) return;
            (Rules, _version) = (Of(_text.Read()), version);
        }
    }

    /// <summary>Adds a rule, or takes the place of the one of its name.</summary>
    public void Set(AlarmRule rule)
    {
        rule.Validated();
        Keep(rules => [.. rules.Where(r => r.Name != rule.Name), rule]);
    }

    /// <returns>False where there is none of that name.</returns>
    public bool Remove(string name)
    {
        bool isThere = false;
        Keep(rules =>
        {
            isThere = rules.Any(r => r.Name == name);
            return [.. rules.Where(r => r.Name != name)];
        });
        return isThere;
    }

    void Keep(Func<IReadOnlyList<AlarmRule>, IReadOnlyList<AlarmRule>> change)
    {
        lock (_lock) Rules = Of(_text.Change(before => JsonSerializer.Serialize(change(Of(before)), s_json)));
    }

    static IReadOnlyList<AlarmRule> Of(string? text) => text is null ? AlarmRule.First : [.. JsonSerializer.Deserialize<List<AlarmRule>>(text, s_json)!.Select(r => r.Validated())];
}
