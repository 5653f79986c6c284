using System.Collections.Concurrent;
using System.Security.Cryptography;
using AiBms.Server.Devices;
using AiBms.Telemetry;
using AiBms.Telemetry.Journal;
using Microsoft.AspNetCore.Identity;

namespace AiBms.Server.Access;

/// <summary>Who may sign in: kept in one SQLite file beside the store, held in memory.</summary>
sealed class UserBook : IDisposable
{
    /// <summary>Rules for what is typed in, in words.</summary>
    public const string NameRule = "A name has 1 to 64 of the letters a-z, A-Z, digits, '.', '@', '-' and '_'.", SecretRule = "A password has 10 to 128 characters.";

    const string Tables = "CREATE TABLE IF NOT EXISTS users (name TEXT PRIMARY KEY, role INTEGER NOT NULL, hash TEXT NOT NULL, stamp TEXT NOT NULL) WITHOUT ROWID;";
    const string First = "admin", Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    const int FirstLength = 20;

    readonly DurableFile _file;
    readonly Lock _lock = new();
    readonly ConcurrentDictionary<string, User> _users = new(StringComparer.OrdinalIgnoreCase);
    readonly PasswordHasher<User> _hasher = new();
    readonly string _nobody;

    /// <exception cref="DataException">The file cannot be used.</exception>
    public UserBook(string path)
    {
        _file = new(path, "user file", Tables);
        // Files of before there were fleets.
        using (var column = _file.Command("SELECT count(*) FROM pragma_table_info('users') WHERE name = 'fleet'"))
            if ((long)column.ExecuteScalar()! == 0) _file.Do("ALTER TABLE users ADD COLUMN fleet TEXT NOT NULL DEFAULT ''");
        using var command = _file.Command("SELECT name, role, hash, stamp, fleet FROM users");
        using var rows = command.ExecuteReader();
        while (rows.Read()) _users[rows.GetString(0)] = new(rows.GetString(0), (Role)rows.GetInt32(1), rows.GetString(2), rows.GetString(3), rows.GetString(4));
        _nobody = _hasher.HashPassword(null!, First);
    }

    public IReadOnlyList<User> All => [.. _users.Values.OrderBy(u => u.Name, StringComparer.OrdinalIgnoreCase)];

    public User? Find(string name) => _users.GetValueOrDefault(name);

    /// <summary>The secret of the first admin where there is nobody yet, or where it is asked for anew; else null. It is kept as a hash only.</summary>
    public string? MakeFirst(bool isAnew)
    {
        if (!isAnew && !_users.IsEmpty) return null;
        string secret = RandomNumberGenerator.GetString(Letters, FirstLength);
        Set(First, Role.Admin, secret);
        return secret;
    }

    /// <summary>The user whose name and secret these are; null where they are nobody's. Takes the same time for both.</summary>
    public User? Check(string name, string secret)
    {
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
        lock (_lock)
        {
            var before = Find(name);
            string sees = role >= Role.Engineer ? "" : DeviceBook.FleetName(fleet ?? before?.Fleet ?? "");
            if (before is null && secret is null) throw new DataException($"{name} is new: give a password too.");
            if (before is { Role: Role.Admin } && role != Role.Admin) KeepOneAdmin(name);
            User user = new(before?.Name ?? name, role, secret is null ? before!.Hash : _hasher.HashPassword(null!, secret), Guid.NewGuid().ToString("N"), sees);
            _file.Do("INSERT OR REPLACE INTO users (name, role, hash, stamp, fleet) VALUES (@name, @role, @hash, @stamp, @fleet)", ("@name", user.Name), ("@role", (int)role), ("@hash", user.Hash), ("@stamp", user.Stamp), ("@fleet", user.Fleet));
            _users[user.Name] = user;
        }
    }

    /// <returns>False where there is none of that name.</returns>
    /// <exception cref="DataException">It is the last admin.</exception>
    public bool Remove(string name)
    {
        lock (_lock)
        {
            if (Find(name) is not { } user) return false;
            if (user.Role == Role.Admin) KeepOneAdmin(name);
            _file.Do("DELETE FROM users WHERE name = @name", ("@name", user.Name));
            return _users.TryRemove(user.Name, out _);
        }
    }

    void KeepOneAdmin(string but)
    {
        if (!_users.Values.Any(u => u.Role == Role.Admin && !string.Equals(u.Name, but, StringComparison.OrdinalIgnoreCase))) throw new DataException($"{but} is the last admin: make another one first.");
    }

    public void Dispose() => _file.Dispose();
}
