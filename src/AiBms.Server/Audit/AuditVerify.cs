using AiBms.Storage.Postgres;
using AiBms.Telemetry;
using Npgsql;

namespace AiBms.Server.Audit;

/// <summary><c>aibms audit verify</c>: is the audit log what was written?</summary>
static class AuditVerify
{
    /// <param name="folder">The server's data folder.</param>
    /// <param name="head">Number and hash that were noted elsewhere; null for none.</param>
    /// <param name="store">The PostgreSQL store that the log lies in; null for the file in the folder.</param>
    /// <returns>The exit code: 6 (refused for trust) where it was changed.</returns>
    public static int Run(string folder, string? head, string? store)
    {
        try
        {
            Console.WriteLine(store is null ? Look(folder, head) : LookIn(store, folder, head));
            return 0;
        }
        catch (TamperedException problem)
        {
            Console.Error.WriteLine("aibms: " + problem.Message);
            return 6;
        }
    }

    /// <returns>What to say where it is whole.</returns>
    /// <exception cref="TamperedException">It was changed; the sentence says where.</exception>
    /// <exception cref="DataException">It is not there, or the head is none.</exception>
    internal static string Look(string folder, string? head)
    {
        string path = Path.Combine(folder, AuditFile.FileName), kept = Path.Combine(folder, AuditFile.HeadName);
        if (!File.Exists(path)) throw new DataException($"There is no audit log {path}: name the server's folder by --folder.");
        return Whole(() => AuditChain.Read(path), kept, head, "The audit log " + path);
    }

    static string LookIn(string store, string folder, string? head)
    {
        using var source = PostgresStore.Connect(store);
        try
        {
            return Whole(() => AuditTable.Read(source), Path.Combine(folder, AuditTable.HeadName), head, AuditTable.Name);
        }
        catch (NpgsqlException problem)
        {
            throw new DataException($"The audit log cannot be read from the database ({problem.Message.TrimEnd('.')}): give the servers' --store.", problem);
        }
    }

    /// <param name="read">Reads the log. The note is read before: a server that writes meanwhile is ahead of it then, and not behind.</param>
    static string Whole(Func<AuditChain> read, string kept, string? head, string name)
    {
        AuditHead? own = AuditHead.Kept(kept), told = head is null ? null : AuditHead.Parse(head);
        var found = read();
        string problem = found.Problem;
        if (problem.Length == 0) problem = own?.Missing(found, name, AuditFile.Whose) ?? "";
        if (problem.Length == 0) problem = told?.Missing(found, name, "the head that was given") ?? "";
        if (problem.Length > 0) throw new TamperedException(problem);
        return $"{found.Count} entries, none changed{(found.IsTorn ? "; a last line without end follows" : "")}. {(own is null && found.Count > 1 ? $"The server's own note {kept} is not there or is no head: whether entries were cut off the end is not known by it. " : "")}Head {found.Count}:{found.Hash}";
    }
}
