using System.Data.Common;
using Npgsql;

namespace AiBms.Server.Books;

/// <summary>A book in the store's database, for every server on it: each change raises the book's version, and waits for whoever is changing it.</summary>
/// <param name="source">The database; its tables are made by the store.</param>
/// <param name="name">The book's own row in the table of books.</param>
sealed class DatabaseBook(NpgsqlDataSource source, string name) : IBook
{
    /// <inheritdoc/>
    public long Version()
    {
        using var command = source.CreateCommand("SELECT version FROM books WHERE name = @name");
        command.Parameters.AddWithValue("@name", name);
        return command.ExecuteScalar() is long version ? version : 0;
    }

    /// <inheritdoc/>
    public List<T> Read<T>(string text, Func<DbDataReader, T> row)
    {
        using var connection = source.OpenConnection();
        return new Open(connection).Read(text, row, []);
    }

    /// <inheritdoc/>
    public T Change<T>(Func<IBookChange, T> change)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        Open open = new(connection);
        // The row stays locked until the end of the transaction: changes of a book come one after the other.
        open.Do("INSERT INTO books VALUES (@name, 1) ON CONFLICT (name) DO UPDATE SET version = books.version + 1", ("@name", name));
        var result = change(open);
        transaction.Commit();
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The database is whoever's opened it.
    }

    sealed class Open(NpgsqlConnection connection) : IBookChange
    {
        public int Do(string text, params ReadOnlySpan<(string Name, object Value)> values)
        {
            using var command = Command(text, values);
            return command.ExecuteNonQuery();
        }

        public List<T> Read<T>(string text, Func<DbDataReader, T> row, params ReadOnlySpan<(string Name, object Value)> values)
        {
            using var command = Command(text, values);
            using var rows = command.ExecuteReader();
            List<T> all = [];
            while (rows.Read()) all.Add(row(rows));
            return all;
        }

        NpgsqlCommand Command(string text, ReadOnlySpan<(string Name, object Value)> values)
        {
            NpgsqlCommand command = new(text, connection);
            foreach (var (key, value) in values) command.Parameters.AddWithValue(key, value);
            return command;
        }
    }
}
