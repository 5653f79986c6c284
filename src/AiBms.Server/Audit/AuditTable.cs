using System.Data.Common;
using System.Text.Json;
using AiBms.Server.Books;
using AiBms.Telemetry;
using Npgsql;

namespace AiBms.Server.Audit;

/// <summary>An audit log in the store's database, one chain for every server on it: whoever adds a line waits for the one before, so that all of them are in one order.</summary>
/// <remarks>While the database is away entries wait in a file of this server, and go in as soon as it is back. Where the server falls between the two an entry may stand twice, never not at all.</remarks>
sealed class AuditTable : IAuditLines
{
    public const string HeadName = "audit.store.head", WaitingName = "audit.waiting", Name = "The audit log in the database";

    readonly NpgsqlDataSource _source;
    readonly DatabaseBook _book;
    readonly string _headPath, _waitingPath;
    readonly Lock _lock = new();
    readonly List<AuditEntry> _waiting;

    /// <param name="source">The database.</param>
    /// <param name="folder">This server's data folder.</param>
    /// <exception cref="DataException">The log was changed, or is shorter than this server noted when it wrote to it last.</exception>
    public AuditTable(NpgsqlDataSource source, string folder)
    {
        (_source, _book, _headPath, _waitingPath) = (source, new(source, "audit"), Path.Combine(folder, HeadName), Path.Combine(folder, WaitingName));
        var noted = AuditHead.Kept(_headPath);
        var found = Read(source);
        if (found.Problem.Length > 0) throw new DataException($"{found.Problem} Look at it ('audit verify --store …'), keep a copy of the table, and rename it to go on.");
        if (noted?.Missing(found, Name, AuditFile.Whose) is { Length: > 0 } missing) throw new DataException($"{missing} Look at it ('audit verify --store …'); where the database was restored from a backup, or you go on all the same, move {_headPath} away.");
        _waiting = File.Exists(_waitingPath) ? [.. File.ReadLines(_waitingPath).Select(Whole).OfType<AuditEntry>()] : [];
    }

    /// <summary>Goes through the table.</summary>
    public static AuditChain Read(NpgsqlDataSource source)
    {
        using var command = source.CreateCommand("SELECT hash || ' ' || entry FROM audit ORDER BY number");
        using var rows = command.ExecuteReader();
        return AuditChain.Of(Lines(), Name);

        IEnumerable<string> Lines()
        {
            while (rows.Read()) yield return rows.GetString(0);
        }
    }

    /// <inheritdoc/>
    public string Head
    {
        get
        {
            using var command = _source.CreateCommand("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1");
            using var rows = command.ExecuteReader();
            return rows.Read() ? $"{rows.GetInt64(0)}:{rows.GetString(1)}" : "0:" + AuditChain.Start;
        }
    }

    /// <inheritdoc/>
    public void Add(AuditEntry entry)
    {
        lock (_lock)
        {
            Wait(entry);
            Flush();
        }
    }

    /// <inheritdoc/>
    public void AddSoon(AuditEntry entry)
    {
        // Nobody who is turned away makes the doors wait for the database.
        lock (_lock) Wait(entry);
    }

    /// <summary>Writes what waits. Where the database is away it goes on waiting.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0) return;
            try
            {
                var head = _book.Change(open =>
                {
                    var (number, hash) = open.Read("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1", rows => (rows.GetInt64(0), rows.GetString(1))) is [var last] ? last : (0, AuditChain.Start);
                    foreach (var entry in _waiting)
                    {
                        (hash, string json) = AuditChain.Line(hash, entry with { Number = ++number });
                        open.Do("INSERT INTO audit VALUES (@number, @hash, @entry)", ("@number", number), ("@hash", hash), ("@entry", json));
                    }

                    return new AuditHead(number, hash);
                });
                _waiting.Clear();
                File.Delete(_waitingPath);
                head.Keep(_headPath);
            }
            catch (DbException)
            {
                // They stand in the file, and wait.
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<AuditEntry> Last(int most)
    {
        using var command = _source.CreateCommand("SELECT entry FROM audit ORDER BY number DESC LIMIT @most");
        command.Parameters.AddWithValue("@most", most);
        using var rows = command.ExecuteReader();
        List<AuditEntry> last = [];
        while (rows.Read()) last.Add(JsonSerializer.Deserialize<AuditEntry>(rows.GetString(0), AuditChain.Json)!);
        return last;
    }

    void Wait(AuditEntry entry)
    {
        FileStreamOptions options = new() { Mode = FileMode.Append, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (FileStream file = new(_waitingPath, options))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(entry, AuditChain.Json));
            file.Write("\n"u8);
            file.Flush(flushToDisk: true);
        }

        _waiting.Add(entry);
    }

    /// <returns>Null for a line that a loss of power cut off.</returns>
    static AuditEntry? Whole(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(line, AuditChain.Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Flush();
}
