using System.Text.Json;
using AiBms.Telemetry;

namespace AiBms.Server.Notices;

/// <summary>How far each way has come: the number of the last event that it was told of, or that was not for it.</summary>
sealed class NoticeBook
{
    readonly string _path;
    readonly Dictionary<string, long> _last;

    /// <exception cref="DataException">The file cannot be read.</exception>
    public NoticeBook(string folder)
    {
        _path = Path.Combine(folder, "notices.json");
        try
        {
            _last = File.Exists(_path) ? JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllBytes(_path)) ?? [] : [];
        }
        catch (Exception problem) when (problem is JsonException or IOException)
        {
            throw new DataException($"{_path} cannot be read ({problem.Message.TrimEnd('.')}): move it away; events that last are not told of again.", problem);
        }
    }

    /// <summary>Null for a way that is new.</summary>
    public long? Last(string way) => _last.TryGetValue(way, out long last) ? last : null;

    public void Set(string way, long last)
    {
        _last[way] = last;
        // Written beside and moved: a loss of power leaves the old file or the new one, and an event is told of twice rather than not at all.
        File.WriteAllBytes(_path + ".new", JsonSerializer.SerializeToUtf8Bytes(_last));
        File.Move(_path + ".new", _path, overwrite: true);
    }
}
