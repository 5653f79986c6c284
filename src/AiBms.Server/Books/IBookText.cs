namespace AiBms.Server.Books;

/// <summary>A text of the server itself (its alarm rules): in a file of its own, or in the database that all servers on it share.</summary>
/// <exception cref="System.Data.Common.DbException">From every member, where it lies in a database that cannot be reached.</exception>
interface IBookText
{
    /// <summary>Where it lies, for messages.</summary>
    string Name { get; }

    /// <summary>Rises whenever somebody changes it; stays where nobody else can.</summary>
    long Version();

    /// <returns>Null where there is none yet.</returns>
    string? Read();

    /// <summary>Changes it; durable on return.</summary>
    /// <returns>The text as it is now.</returns>
    string Change(Func<string?, string> change);
}
