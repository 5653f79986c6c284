using System.Collections.Concurrent;

namespace AiBms.Server.Access;

/// <summary>Counts wrong passwords by the address they came from and by the name they were for, so that nobody tries them all, from one place or from many.</summary>
sealed class WrongTries(TimeProvider time)
{
    public const int MostAMinute = 10;

    const int MostKeys = 10_000;

    readonly ConcurrentDictionary<string, (long Minute, int Count)> _tries = new(StringComparer.Ordinal);

    long Minute => time.GetUtcNow().ToUnixTimeSeconds() / 60;

    /// <summary>False where there were too many in this minute.</summary>
    /// <param name="key">An address, or <see cref="Named"/>.</param>
    public bool MayTry(string key) => !_tries.TryGetValue(key, out var tries) || tries.Minute != Minute || tries.Count < MostAMinute;

    /// <summary>The key of a user's name: never an address.</summary>
    public static string Named(string name) => "name " + name.ToUpperInvariant()[..Math.Min(name.Length, 64)];

    public void Add(string key)
    {
        long minute = Minute;
        // Whoever makes names up does not fill the memory: what is older than this minute counts for nothing.
        if (_tries.Count > MostKeys)
            foreach (var old in _tries.Where(t => t.Value.Minute != minute)) _tries.TryRemove(old);
        _tries.AddOrUpdate(key, (minute, 1), (_, tries) => tries.Minute == minute ? (minute, tries.Count + 1) : (minute, 1));
    }
}
