using Microsoft.Data.Sqlite;

namespace AiBms.Telemetry.Journal;

/// <summary>An SQLite file in WAL mode with full synchronisation: a commit outlives a loss of power. Its user takes care of threads.</summary>
public sealed class DurableFile : IDisposable
{
    const string Durable = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;";

    readonly SqliteConnection _connection;

    /// <param name="path">The file; made where it is not there.</param>
    /// <param name="what">What it is, for messages: "journal".</param>
    /// <param name="tables">SQL that makes its tables where they are not there.</param>
    /// <exception cref="DataException">It cannot be used.</exception>
    public DurableFile(string path, string what, string tables)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            Do(Durable + tables);
        }
        catch (SqliteException problem)
        {
            _connection.Dispose();
            throw new DataException($"The {what} {path} cannot be opened ({problem.Message.TrimEnd('.')}): give another file, or move this one away.", problem);
        }
    }

    DurableFile(string path)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        _connection.Open();
        Do("PRAGMA busy_timeout = 5000;");
    }

    /// <summary>Opens a file that is there only to read it, beside whoever writes it: each command sees what was committed before it began.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static DurableFile Reading(string path) => new(path);

    /// <summary>Begins a transaction; nothing of it stays unless it is committed.</summary>
    public SqliteTransaction Begin() => _connection.BeginTransaction();

    /// <summary>A command with its values.</summary>
    public SqliteCommand Command(string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }

    /// <summary>Runs a command.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Do(string text, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(text, values);
        return command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
