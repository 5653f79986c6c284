using AiBms.Server.Audit;
using Npgsql;

namespace AiBms.Server.Books;

/// <summary>The books in the database. What lay in this server's folder before is taken over where the database has none of it yet.</summary>
sealed class SharedBooks
{
    public SharedBooks(NpgsqlDataSource source, string folder)
    {
        (Users, Devices, Rules) = (new DatabaseBook(source, BookServices.Users), new DatabaseBook(source, BookServices.Devices), new DatabaseText(source, BookServices.Rules));
        Audit = new(source, folder);
        FolderBooks.MoveInto(this, folder);
    }

    public IBook Users { get; }

    public IBook Devices { get; }

    public IBookText Rules { get; }

    public AuditTable Audit { get; }
}
