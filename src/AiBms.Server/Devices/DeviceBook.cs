using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;
using AiBms.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace AiBms.Server.Devices;

/// <summary>Which certificates were given out and taken back, which tokens wait, and which fleet a pack belongs to: one SQLite file beside the store, held in memory.</summary>
sealed class DeviceBook : IDisposable
{
    public const string FleetRule = "A fleet's name has at most 64 of the letters a-z, A-Z, digits, '.', '-' and '_'; empty for none.";

    public static readonly TimeSpan LongestToken = TimeSpan.FromDays(7);

    const string Tables = """
        CREATE TABLE IF NOT EXISTS tokens (hash TEXT PRIMARY KEY, pack TEXT NOT NULL, fleet TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS certificates (serial TEXT PRIMARY KEY, pack TEXT NOT NULL, until INTEGER NOT NULL, revoked INTEGER, revoked_by TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS fleets (pack TEXT PRIMARY KEY, fleet TEXT NOT NULL) WITHOUT ROWID;
        """;

    const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    const int SecretLength = 32;

    readonly DurableFile _file;
    readonly TimeProvider _time;
    readonly Lock _lock = new();
    readonly ConcurrentDictionary<string, Device> _devices = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string> _fleets = new(StringComparer.Ordinal);

    /// <exception cref="DataException">The file cannot be used.</exception>
    public DeviceBook(string path, TimeProvider time)
    {
        (_file, _time) = (new(path, "device file", Tables), time);
        using (var command = _file.Command("SELECT serial, pack, until, revoked, revoked_by FROM certificates"))
        using (var rows = command.ExecuteReader())
            while (rows.Read()) Know(new(rows.GetString(0), rows.GetString(1), Time(rows, 2), rows.IsDBNull(3) ? null : Time(rows, 3), rows.GetString(4)));
        using var fleets = _file.Command("SELECT pack, fleet FROM fleets");
        using var found = fleets.ExecuteReader();
        while (found.Read()) _fleets[found.GetString(0)] = found.GetString(1);
    }

    /// <summary>Called when a pack's certificate was taken back: whoever is connected by it has to go.</summary>
    public Action<Device>? OnRevoked { get; set; }

    public IReadOnlyList<Device> All => [.. _devices.Values.OrderBy(d => d.Pack, StringComparer.Ordinal).ThenBy(d => d.Until)];

    public Device? Find(string serial) => _devices.GetValueOrDefault(serial);

    /// <summary>The fleet of a pack; empty where it belongs to none.</summary>
    public string FleetOf(string pack) => _fleets.GetValueOrDefault(pack, "");

    /// <summary>Packs of a fleet.</summary>
    public IReadOnlyList<string> PacksOf(string fleet) => [.. _fleets.Where(f => f.Value == fleet).Select(f => f.Key)];

    /// <exception cref="DataException">It is no name for a fleet.</exception>
    public static string FleetName(string name) =>
        name.Length <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? name : throw new DataException(FleetRule);

    /// <summary>Makes a token that enrols a pack once.</summary>
    /// <returns>The secret; only its hash is kept.</returns>
    /// <exception cref="DataException">A rule is broken.</exception>
    public string MakeToken(string pack, string fleet, TimeSpan length)
    {
        if (!PackIds.IsValid(pack)) throw new DataException($"'{pack}' is no name for a pack: {PackIds.Rule}");
        if (length <= TimeSpan.Zero || length > LongestToken) throw new DataException($"A token lasts more than 0, at most {LongestToken.TotalHours} hours.");
        string secret = RandomNumberGenerator.GetString(Letters, SecretLength);
        lock (_lock)
        {
            _file.Do("DELETE FROM tokens WHERE until < @now OR pack = @pack", ("@now", Now), ("@pack", pack));
            _file.Do("INSERT INTO tokens VALUES (@hash, @pack, @fleet, @until)", ("@hash", Hash(secret)), ("@pack", pack), ("@fleet", FleetName(fleet)), ("@until", Now + (long)length.TotalMilliseconds));
        }

        return secret;
    }

    /// <summary>Uses a token up.</summary>
    /// <returns>The pack that it enrols.</returns>
    /// <exception cref="DataException">It is none, was used or is too old.</exception>
    public string UseToken(string secret)
    {
        lock (_lock)
        {
            using var transaction = _file.Begin();
            (string Pack, string Fleet, long UntilMs)? found = null;
            using (var command = _file.Command("SELECT pack, fleet, until FROM tokens WHERE hash = @hash", ("@hash", Hash(secret))))
            using (var rows = command.ExecuteReader())
                if (rows.Read()) found = (rows.GetString(0), rows.GetString(1), rows.GetInt64(2));
            if (found is not { } token) throw new DataException("The token is not one of this server's, or was used before: ask for another.");
            _file.Do("DELETE FROM tokens WHERE hash = @hash", ("@hash", Hash(secret)));
            if (token.UntilMs >= Now) _file.Do("INSERT OR REPLACE INTO fleets VALUES (@pack, @fleet)", ("@pack", token.Pack), ("@fleet", token.Fleet));
            transaction.Commit();
            if (token.UntilMs < Now) throw new DataException("The token is too old: ask for another.");
            _fleets[token.Pack] = token.Fleet;
            return token.Pack;
        }
    }

    /// <summary>Enters a certificate before it is handed out.</summary>
    public void Add(Device device)
    {
        lock (_lock)
        {
            _file.Do("INSERT INTO certificates (serial, pack, until) VALUES (@serial, @pack, @until)", ("@serial", device.Serial), ("@pack", device.Pack), ("@until", device.Until.ToUnixTimeMilliseconds()));
            Know(device);
        }
    }

    /// <summary>Takes a certificate back.</summary>
    /// <returns>False where there is none of that number that holds.</returns>
    public bool Revoke(string serial, string by)
    {
        Device taken;
        lock (_lock)
        {
            if (Find(serial) is not { RevokedAt: null } device) return false;
            taken = device with { RevokedAt = _time.GetUtcNow(), RevokedBy = by };
            _file.Do("UPDATE certificates SET revoked = @now, revoked_by = @by WHERE serial = @serial", ("@now", Now), ("@by", by), ("@serial", serial));
            Know(taken);
        }

        OnRevoked?.Invoke(taken);
        return true;
    }

    /// <summary>Puts a pack into a fleet, or takes it out of all.</summary>
    public void Assign(string pack, string fleet)
    {
        if (!PackIds.IsValid(pack)) throw new DataException($"'{pack}' is no name for a pack: {PackIds.Rule}");
        lock (_lock) _file.Do("INSERT OR REPLACE INTO fleets VALUES (@pack, @fleet)", ("@pack", pack), ("@fleet", FleetName(fleet)));
        _fleets[pack] = fleet;
    }

    long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    void Know(Device device) => _devices[device.Serial] = device;

    // A token is as random as a key: it needs no salt and no slow hash.
    static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    static DateTimeOffset Time(SqliteDataReader rows, int column) => DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(column));

    public void Dispose() => _file.Dispose();
}
