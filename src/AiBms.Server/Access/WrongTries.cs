using System.Collections.Concurrent;
using System.Data.Common;
using AiBms.Server.Books;

namespace AiBms.Server.Access;

/// <summary>Counts wrong passwords by the address they came from and by the name they were for, so that nobody tries them all, from one place or from many, on one server or on several.</summary>
/// <param name="time">The clock.</param>
/// <param name="shared">The count of all servers on a database; null for a server that is alone.</param>
sealed class WrongTries(TimeProvider time, SharedTries? shared = null)
{
    public const int MostAMinute = 10;

    /// <summary>Why a password was not looked at, for the audit log.</summary>
    public const string TooMany = "there were too many wrong tries: the password was not looked at";

    const int MostKeys = 10_000, Turns = 16;

    readonly ConcurrentDictionary<string, (long Minute, int Count)> _tries = new(StringComparer.Ordinal);

    /// <summary>Of one name one password is looked at at a time: many at once would all be looked at before the first was counted.</summary>
    readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1))];

    long Minute => time.GetUtcNow().ToUnixTimeSeconds() / 60;

    /// <summary>Looks at a password, unless there were too many wrong ones of that name or from that address.</summary>
    /// <param name="address">Where it comes from.</param>
    /// <param name="name">The name that is claimed.</param>
    /// <param name="check">Gives the user whose password it is, or null.</param>
    /// <returns>The user, or null; and whether the password was looked at.</returns>
    public async Task<(User? User, bool IsLookedAt)> CheckAsync(string address, string name, Func<User?> check)
    {
        string[] keys = [address, Named(name)];
        var turn = _turns[(uint)keys[1].GetHashCode(StringComparison.Ordinal) % Turns];
        await turn.WaitAsync();
        try
        {
            if (!MayTry(keys)) return (null, false);
            var user = check();
            if (user is null) Add(keys);
            return (user, true);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The key of a user's name: never an address.</summary>
    static string Named(string name) => "name " + name.ToUpperInvariant()[..Math.Min(name.Length, 64)];

    bool MayTry(string[] keys)
    {
        long minute = Minute;
        if (Array.Exists(keys, key => _tries.TryGetValue(key, out var tries) && tries.Minute == minute && tries.Count >= MostAMinute)) return false;
        try
        {
            return shared is null || shared.Most(keys) < MostAMinute;
        }
        catch (DbException)
        {
            // While the database is away each server goes by its own count.
            return true;
        }
    }

    void Add(string[] keys)
    {
        long minute = Minute;
        // Whoever makes names up does not fill the memory: what is older than this minute counts for nothing.
        if (_tries.Count > MostKeys)
            foreach (var old in _tries.Where(t => t.Value.Minute != minute)) _tries.TryRemove(old);
        foreach (string key in keys) _tries.AddOrUpdate(key, (minute, 1), (_, tries) => tries.Minute == minute ? (minute, tries.Count + 1) : (minute, 1));
        try
        {
            shared?.Add(keys);
        }
        catch (DbException)
        {
            // Counted here.
        }
    }
}
