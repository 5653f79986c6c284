namespace AiBms.Server.Audit;

/// <summary>Where the lines of an audit log lie: in a file of this server, or in the database that all servers on it share.</summary>
interface IAuditLines : IDisposable
{
    /// <summary>Number and hash of the last line, NUMBER:HASH.</summary>
    string Head { get; }

    /// <summary>Writes an entry behind the last line, whoever wrote that; its number is given here. Durable on return.</summary>
    void Add(AuditEntry entry);

    /// <summary>The same where nobody waits for it: it is durable on return, and stands in its place a moment later.</summary>
    void AddSoon(AuditEntry entry);

    /// <summary>The last entries, newest first.</summary>
    IReadOnlyList<AuditEntry> Last(int most);
}
