using System.Data.Common;
using AiBms.Telemetry.Journal;

namespace AiBms.Server.Books;

/// <summary>A book in an SQLite file of this server alone.</summary>
sealed class FileBook : IBook, IBookChange
{
    readonly DurableFile _file;

    /// <param name="path">The file; made where it is not there.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="tables">SQL that makes its tables where they are not there.</param>
    /// <exception cref="Telemetry.DataException">It cannot be used.</exception>
    public FileBook(string path, string what, string tables) => _file = new(path, what, tables);

    /// <summary>Adds a column to files of before there was one.</summary>
    public FileBook With(string table, string column, string kind)
    {
        using var known = _file.Command("SELECT count(*) FROM pragma_table_info(@table) WHERE name = @column", ("@table", table), ("@column", column));
        if ((long)known.ExecuteScalar()! == 0) _file.Do($"ALTER TABLE {table} ADD COLUMN {column} {kind}");
        return this;
    }

    /// <inheritdoc/>
    public long Version() => 0;

    /// <inheritdoc/>
    public List<T> Read<T>(string text, Func<DbDataReader, T> row) => Read(text, row, []);

    /// <inheritdoc/>
    public List<T> Read<T>(string text, Func<DbDataReader, T> row, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = _file.Command(text, values);
        using var rows = command.ExecuteReader();
        List<T> all = [];
        while (rows.Read()) all.Add(row(rows));
        return all;
    }

    /// <inheritdoc/>
    public int Do(string text, params ReadOnlySpan<(string Name, object Value)> values) => _file.Do(text, values);

    /// <inheritdoc/>
    public T Change<T>(Func<IBookChange, T> change)
    {
        using var transaction = _file.Begin();
        var result = change(this);
        transaction.Commit();
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
