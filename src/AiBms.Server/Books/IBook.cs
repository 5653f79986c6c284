using System.Data.Common;

namespace AiBms.Server.Books;

/// <summary>Where tables of the server itself lie (users; certificates and fleets): a file of its own, or the database that all servers on it share.</summary>
/// <remarks>Both understand the same SQL. Not for several threads at once.</remarks>
/// <exception cref="DbException">From every member: it cannot be reached or has no room, and nothing was changed.</exception>
interface IBook : IDisposable
{
    /// <summary>Rises whenever somebody changes the book; stays where nobody else can.</summary>
    long Version();

    /// <summary>Reads rows.</summary>
    List<T> Read<T>(string text, Func<DbDataReader, T> row);

    /// <summary>Changes it in one transaction, durable on return.</summary>
    T Change<T>(Func<IBookChange, T> change);
}
