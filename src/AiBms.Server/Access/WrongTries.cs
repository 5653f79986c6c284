using System.Collections.Concurrent;

namespace AiBms.Server.Access;

/// <summary>Counts wrong passwords by the address they came from, so that nobody tries them all.</summary>
sealed class WrongTries(TimeProvider time)
{
    public const int MostAMinute = 10;

    readonly ConcurrentDictionary<string, (long Minute, int Count)> _tries = new(StringComparer.Ordinal);

    long Minute => time.GetUtcNow().ToUnixTimeSeconds() / 60;

    public bool MayTry(string address) => !_tries.TryGetValue(address, out var tries) || tries.Minute != Minute || tries.Count < MostAMinute;

    public void Add(string address)
    {
        long minute = Minute;
        _tries.AddOrUpdate(address, (minute, 1), (_, tries) => tries.Minute == minute ? (minute, tries.Count + 1) : (minute, 1));
    }
}
