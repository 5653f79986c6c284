using Npgsql;

namespace AiBms.Server.Books;

/// <summary>A text in the store's database, for every server on it.</summary>
/// <param name="source">The database; its tables are made by the store.</param>
/// <param name="name">Its name there.</param>
sealed class DatabaseText(NpgsqlDataSource source, string name) : IBookText
{
    // Nothing of its own is open: the database is whoever's opened it.
    DatabaseBook Book => new(source, name);

    /// <inheritdoc/>
    public string Name => $"'{name}' in the table texts of the database";

    /// <inheritdoc/>
    public long Version() => Book.Version();

    /// <inheritdoc/>
    public string? Read()
    {
        using var command = source.CreateCommand("SELECT body FROM texts WHERE name = @name");
        command.Parameters.AddWithValue("@name", name);
        return command.ExecuteScalar() as string;
    }

    /// <inheritdoc/>
    public string Change(Func<string?, string> change) => Book.Change(open =>
    {
        string next = change(open.Read("SELECT body FROM texts WHERE name = @name", rows => rows.GetString(0), ("@name", name)).FirstOrDefault());
        open.Do("INSERT INTO texts VALUES (@name, @body) ON CONFLICT (name) DO UPDATE SET body = excluded.body", ("@name", name), ("@body", next));
        return next;
    });
}
