using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using AiBms.Server.Books;
using AiBms.Telemetry;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Devices;

/// <summary>Which certificates were given out and taken back, which tokens wait, and which fleet a pack belongs to: kept in a book, held in memory. What another server changed is known after <see cref="Refresh"/>.</summary>
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

    const string Rows = "SELECT serial, pack, until, revoked, revoked_by FROM certificates", FleetRows = "SELECT pack, fleet FROM fleets";
    const string ToFleet = "INSERT INTO fleets VALUES (@pack, @fleet) ON CONFLICT (pack) DO UPDATE SET fleet = excluded.fleet";

    readonly IBook _book;
    readonly TimeProvider _time;
    readonly Lock _lock = new();
    ConcurrentDictionary<string, Device> _devices = [];
    ConcurrentDictionary<string, string> _fleets = [];
    long _version;

    public DeviceBook(IBook book, TimeProvider time)
    {
        (_book, _time, _version) = (book, time, book.Version());
        Hold();
    }

    /// <summary>The book in a file of this server alone.</summary>
    /// <exception cref="DataException">The file cannot be used.</exception>
    public static IBook InFile(string path) => new FileBook(path, "device file", Tables);

    /// <summary>Called when a pack's certificate was taken back: whoever is connected by it has to go.</summary>
    public Action<Device>? OnRevoked { get; set; }

    public IReadOnlyList<Device> All => [.. Volatile.Read(ref _devices).Values.OrderBy(d => d.Pack, StringComparer.Ordinal).ThenBy(d => d.Until)];

    public Device? Find(string serial) => Volatile.Read(ref _devices).GetValueOrDefault(serial);

    /// <summary>Takes in what other servers changed: a certificate that one of them took back is taken back here.</summary>
    /// <exception cref="DbException">The database cannot be reached.</exception>
    public void Refresh()
    {
        long version = _book.Version();
        Device[] taken;
        lock (_lock)
        {
            if (version == _version) return;
            var before = _devices;
            Hold();
            _version = version;
            taken = [.. _devices.Values.Where(d => d.RevokedAt is not null && before.GetValueOrDefault(d.Serial)?.RevokedAt is null)];
        }

        foreach (var device in taken) OnRevoked?.Invoke(device);
    }

    void Hold()
    {
        var devices = _book.Read(Rows, rows => new Device(rows.GetString(0), rows.GetString(1), Time(rows, 2), rows.IsDBNull(3) ? null : Time(rows, 3), rows.GetString(4)));
        var fleets = _book.Read(FleetRows, rows => KeyValuePair.Create(rows.GetString(0), rows.GetString(1)));
        Volatile.Write(ref _devices, new(devices.Select(d => KeyValuePair.Create(d.Serial, d)), StringComparer.Ordinal));
        Volatile.Write(ref _fleets, new(fleets, StringComparer.Ordinal));
    }

    /// <summary>The fleet of a pack; empty where it belongs to none.</summary>
    public string FleetOf(string pack) => Volatile.Read(ref _fleets).GetValueOrDefault(pack, "");

    /// <summary>Packs of a fleet.</summary>
    public IReadOnlyList<string> PacksOf(string fleet) => [.. Volatile.Read(ref _fleets).Where(f => f.Value == fleet).Select(f => f.Key)];

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
        string of = FleetName(fleet);
        lock (_lock)
            _book.Change(open =>
            {
                open.Do("DELETE FROM tokens WHERE until < @now OR pack = @pack", ("@now", Now), ("@pack", pack));
                return open.Do("INSERT INTO tokens VALUES (@hash, @pack, @fleet, @until)", ("@hash", Hash(secret)), ("@pack", pack), ("@fleet", of), ("@until", Now + (long)length.TotalMilliseconds));
            });
        return secret;
    }

    /// <summary>Uses a token up.</summary>
    /// <returns>The pack that it enrols.</returns>
    /// <exception cref="DataException">It is none, was used or is too old.</exception>
    public string UseToken(string secret)
    {
        lock (_lock)
        {
            var found = _book.Change(open =>
            {
                var at = open.Read("SELECT pack, fleet, until FROM tokens WHERE hash = @hash", rows => (Pack: rows.GetString(0), Fleet: rows.GetString(1), UntilMs: rows.GetInt64(2)), ("@hash", Hash(secret)));
                open.Do("DELETE FROM tokens WHERE hash = @hash", ("@hash", Hash(secret)));
                if (at is [var good] && good.UntilMs >= Now) open.Do(ToFleet, ("@pack", good.Pack), ("@fleet", good.Fleet));
                return at;
            });
            if (found is not [var token]) throw new DataException("The token is not one of this server's, or was used before: ask for another.");
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
            _book.Change(open => open.Do("INSERT INTO certificates (serial, pack, until) VALUES (@serial, @pack, @until)", ("@serial", device.Serial), ("@pack", device.Pack), ("@until", device.Until.ToUnixTimeMilliseconds())));
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
            long now = Now;
            // Also where another server has given it out a moment ago.
            var found = _book.Change(open => open.Do("UPDATE certificates SET revoked = @now, revoked_by = @by WHERE serial = @serial AND revoked IS NULL", ("@now", now), ("@by", by), ("@serial", serial)) == 0 ? []
                : open.Read("SELECT pack, until FROM certificates WHERE serial = @serial", rows => (Pack: rows.GetString(0), Until: Time(rows, 1)), ("@serial", serial)));
            if (found is not [var device]) return false;
            taken = new(serial, device.Pack, device.Until, DateTimeOffset.FromUnixTimeMilliseconds(now), by);
            Know(taken);
        }

        OnRevoked?.Invoke(taken);
        return true;
    }

    /// <summary>Puts a pack into a fleet, or takes it out of all.</summary>
    public void Assign(string pack, string fleet)
    {
        if (!PackIds.IsValid(pack)) throw new DataException($"'{pack}' is no name for a pack: {PackIds.Rule}");
        string of = FleetName(fleet);
        lock (_lock)
        {
            _book.Change(open => open.Do(ToFleet, ("@pack", pack), ("@fleet", of)));
            _fleets[pack] = of;
        }
    }

    long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    void Know(Device device) => _devices[device.Serial] = device;

    // A token is as random as a key: it needs no salt and no slow hash.
    static string Hash(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    static DateTimeOffset Time(DbDataReader rows, int column) => DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(column));

    public void Dispose() => _book.Dispose();
}
