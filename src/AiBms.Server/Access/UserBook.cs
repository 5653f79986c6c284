using System.Data.Common;
using System.Security.Cryptography;
using AiBms.Server.Books;
using AiBms.Server.Devices;
using AiBms.Telemetry;
using Microsoft.AspNetCore.Identity;

namespace AiBms.Server.Access;

/// <summary>Who may sign in: kept in a book, held in memory. What another server changed is known after <see cref="Refresh"/>.</summary>
sealed class UserBook : IDisposable
{
    /// <summary>Rules for what is typed in, in words.</summary>
    public const string NameRule = "A name has 1 to 64 of the letters a-z, A-Z, digits, '.', '@', '-' and '_'.", SecretRule = "A password has 10 to 128 characters.";

    const string Tables = "CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY, role INTEGER NOT NULL, hash TEXT NOT NULL, stamp TEXT NOT NULL) WITHOUT ROWID;";
    const string First = "admin", Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    const int FirstLength = 20;
    const string Rows = "SELECT name, role, hash, stamp, fleet FROM users";

    readonly IBook _book;
    readonly Lock _lock = new();
    readonly PasswordHasher<User> _hasher = new();
    readonly string _nobody;
    Dictionary<string, User> _users = [];
    long _version;

    public UserBook(IBook book)
    {
        _book = book;
        _version = book.Version();
        Hold(book.Read(Rows, Row));
        _nobody = _hasher.HashPassword(null!, First);
    }

    /// <summary>The book in a file of this server alone.</summary>
    /// <exception cref="DataException">The file cannot be used.</exception>
    public static IBook InFile(string path) => new FileBook(path, "user file", Tables).With("users", "fleet", "TEXT NOT NULL DEFAULT ''");

    public IReadOnlyList<User> All => [.. Volatile.Read(ref _users).Values.OrderBy(u => u.Name, StringComparer.OrdinalIgnoreCase)];

    public User? Find(string name) => Volatile.Read(ref _users).GetValueOrDefault(name);

    /// <summary>Takes in what other servers changed.</summary>
    /// <exception cref="DbException">The database cannot be reached.</exception>
    public void Refresh()
    {
        long version = _book.Version();
        lock (_lock)
        {
            if (version == _version) return;
            Hold(_book.Read(Rows, Row));
            _version = version;
        }
    }

    /// <summary>The secret of the first admin where there is nobody yet, or where it is asked for anew; else null. It is kept as a hash only.</summary>
    public string? MakeFirst(bool isAnew)
    {
        string secret = RandomNumberGenerator.GetString(Letters, FirstLength);
        return Change(open =>
        {
            // Of servers that start at the same moment one makes it.
            if (!isAnew && _users.Count > 0) return false;
            Enter(open, First, Role.Admin, secret, null);
            return true;
        }) ? secret : null;
    }

    /// <summary>The user whose name and secret these are; null where they are nobody's. Takes the same time for both.</summary>
    public User? Check(string name, string secret)
    {
        try
        {
            Refresh();
        }
        catch (DbException)
        {
            // What is known counts while the database is away.
        }

        var user = Find(name);
        bool isRight = _hasher.VerifyHashedPassword(null!, user?.Hash ?? _nobody, secret) != PasswordVerificationResult.Failed;
        return isRight ? user : null;
    }

    /// <summary>Makes a user, or gives one another role or, where there is one, secret.</summary>
    /// <exception cref="DataException">A rule is broken.</exception>
    /// <param name="name">Name.</param>
    /// <param name="role">What they may do.</param>
    /// <param name="secret">Password; null keeps the present one.</param>
    /// <param name="fleet">The fleet whose packs they see, empty for all; null keeps the present one.</param>
    public void Set(string name, Role role, string? secret, string? fleet = null)
    {
        if (name is not { Length: >= 1 and <= 64 } || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '@' or '-' or '_')) throw new DataException(NameRule);
        if (secret is not null and not { Length: >= 10 and <= 128 }) throw new DataException(SecretRule);
        if (!Enum.IsDefined(role)) throw new DataException($"A role is one of {string.Join(", ", Enum.GetNames<Role>())}.");
        // Rules are for all packs: whoever writes them sees all.
        if (fleet is { Length: > 0 } && role >= Role.Engineer) throw new DataException("An engineer or admin sees every fleet: give another role, or no fleet.");
        Change(open => Enter(open, name, role, secret, fleet));
    }

    bool Enter(IBookChange open, string name, Role role, string? secret, string? fleet)
    {
        var before = Find(name);
        string sees = role >= Role.Engineer ? "" : DeviceBook.FleetName(fleet ?? before?.Fleet ?? "");
        if (before is null && secret is null) throw new DataException($"{name} is new: give a password too.");
        if (before is { Role: Role.Admin } && role != Role.Admin) KeepOneAdmin(name);
        User user = new(before?.Name ?? name, role, secret is null ? before!.Hash : _hasher.HashPassword(null!, secret), Guid.NewGuid().ToString("N"), sees);
        open.Do(
            "INSERT INTO users (name, role, hash, stamp, fleet) VALUES (@name, @role, @hash, @stamp, @fleet) ON CONFLICT (name) DO UPDATE SET role = excluded.role, hash = excluded.hash, stamp = excluded.stamp, fleet = excluded.fleet",
            ("@name", user.Name), ("@role", (int)role), ("@hash", user.Hash), ("@stamp", user.Stamp), ("@fleet", user.Fleet));
        return true;
    }

    /// <returns>False where there is none of that name.</returns>
    /// <exception cref="DataException">It is the last admin.</exception>
    public bool Remove(string name)
    {
        return Change(open =>
        {
            if (Find(name) is not { } user) return false;
            if (user.Role == Role.Admin) KeepOneAdmin(name);
            return open.Do("DELETE FROM users WHERE name = @name", ("@name", user.Name)) == 1;
        });
    }

    /// <summary>Rules are for what every server has entered: all is read anew first, and again when it is changed.</summary>
    bool Change(Func<IBookChange, bool> change)
    {
        lock (_lock)
        {
            var now = _book.Change(open =>
            {
                Hold(open.Read(Rows, Row));
                return change(open) ? open.Read(Rows, Row) : null;
            });
            if (now is not null) Hold(now);
            return now is not null;
        }
    }

    void Hold(IEnumerable<User> users) => Volatile.Write(ref _users, users.ToDictionary(u => u.Name, StringComparer.OrdinalIgnoreCase));

    static User Row(DbDataReader rows) => new(rows.GetString(0), (Role)rows.GetInt32(1), rows.GetString(2), rows.GetString(3), rows.GetString(4));

    void KeepOneAdmin(string but)
    {
        if (!_users.Values.Any(u => u.Role == Role.Admin && !string.Equals(u.Name, but, StringComparison.OrdinalIgnoreCase))) throw new DataException($"{but} is the last admin: make another one first.");
    }

    public void Dispose() => _book.Dispose();
}
