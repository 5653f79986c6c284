using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using AiBms.Server.Books;
using AiBms.Telemetry;

namespace AiBms.Server.Access;

/// <summary>Who is signed in with a browser: kept in a book as hashes, held in memory. A session that was signed out is over, whoever has a copy of its cookie, and on every server of a cluster after <see cref="Refresh"/>.</summary>
sealed class SessionBook : IDisposable
{
    /// <summary>However often it is used, a session ends after so long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    const string Tables = "CREATE TABLE IF NOT EXISTS sessions (hash TEXT PRIMARY KEY, name TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;";
    const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    const int IdLength = 32;

    readonly IBook _book;
    readonly TimeProvider _time;
    readonly Lock _lock = new();
    readonly ConcurrentDictionary<string, long> _here = new(StringComparer.Ordinal);
    Dictionary<string, long> _open = [];
    long _version = -1;

    /// <exception cref="DbException">The database cannot be reached.</exception>
    public SessionBook(IBook book, TimeProvider time)
    {
        (_book, _time) = (book, time);
        Refresh();
    }

    /// <summary>The book in a file of this server alone.</summary>
    /// <exception cref="DataException">The file cannot be used.</exception>
    public static IBook InFile(string path) => new FileBook(path, "session file", Tables);

    /// <summary>Takes in what other servers changed.</summary>
    /// <exception cref="DbException">The database cannot be reached.</exception>
    public void Refresh()
    {
        long version = _book.Version();
        lock (_lock)
        {
            if (version == _version) return;
            Hold(_book.Read("SELECT hash, until FROM sessions", Row));
            _version = version;
        }
    }

    /// <summary>Begins a session. While the database is away it is this server's own.</summary>
    /// <returns>Its secret number, for the cookie alone.</returns>
    public string Begin(string name)
    {
        string id = RandomNumberGenerator.GetString(Letters, IdLength), hash = Hash(id);
        long nowMs = NowMs, untilMs = nowMs + (long)Longest.TotalMilliseconds;
        try
        {
            Change(open =>
            {
                open.Do("DELETE FROM sessions WHERE until < @now", ("@now", nowMs));
                return open.Do("INSERT INTO sessions VALUES (@hash, @name, @until)", ("@hash", hash), ("@name", name), ("@until", untilMs));
            });
        }
        catch (DbException)
        {
            _here[hash] = untilMs;
        }

        return id;
    }

    /// <summary>Ends a session.</summary>
    /// <exception cref="DbException">The database cannot be reached.</exception>
    public void End(string id)
    {
        string hash = Hash(id);
        if (!_here.TryRemove(hash, out _)) Change(open => open.Do("DELETE FROM sessions WHERE hash = @hash", ("@hash", hash)));
    }

    /// <summary>Whether a session goes on. One that is not known here may have begun on another server a moment ago.</summary>
    public bool IsOpen(string id)
    {
        string hash = Hash(id);
        if (Knows(hash)) return true;
        try
        {
            Refresh();
        }
        catch (DbException)
        {
            // What is known counts while the database is away.
        }

        return Knows(hash);
    }

    long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    bool Knows(string hash) => (Volatile.Read(ref _open).TryGetValue(hash, out long untilMs) || _here.TryGetValue(hash, out untilMs)) && untilMs > NowMs;

    void Change(Func<IBookChange, int> change)
    {
        lock (_lock)
        {
            Hold(_book.Change(open =>
            {
                change(open);
                return open.Read("SELECT hash, until FROM sessions", Row);
            }));
        }
    }

    void Hold(IEnumerable<(string Hash, long UntilMs)> sessions) => Volatile.Write(ref _open, sessions.ToDictionary(s => s.Hash, s => s.UntilMs, StringComparer.Ordinal));

    static (string Hash, long UntilMs) Row(DbDataReader rows) => (rows.GetString(0), rows.GetInt64(1));

    // Random of 160 bits: a plain hash gives nothing away.
    static string Hash(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    public void Dispose() => _book.Dispose();
}
