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
        return Whole(AuditChain.Read(path), kept, head, "The audit log " + path);
    }

    static string LookIn(string store, string folder, string? head)
    {
        using var source = PostgresStore.Connect(store);
        try
        {
            return Whole(AuditTable.Read(source), Path.Combine(folder, AuditTable.HeadName), head, "The audit log in the database");
        }
        catch (NpgsqlException problem)
        {
            throw new DataException($"The audit log cannot be read from the database ({problem.Message.TrimEnd('.')}): give the servers' --store.", problem);
        }
    }

    static string Whole(AuditChain found, string kept, string? head, string name)
    {
        if (found.Problem.Length > 0) throw new TamperedException(found.Problem);
        if (File.Exists(kept)) Holds(found, File.ReadAllText(kept).Trim(), name, "the server's own note");
        if (head is not null) Holds(found, head, name, "the head that was given");
        return $"{found.Count} entries, none changed{(found.IsTorn ? "; a last line without end follows" : "")}. Head {found.Count}:{found.Hash}";
    }

    static void Holds(AuditChain found, string head, string name, string whose)
    {
        if (head.Split(':') is not [var count, { Length: 64 } hash] || !long.TryParse(count, out long number) || number < 0) throw new DataException($"'{head}' is no head: it is NUMBER:HASH, as 'audit verify' prints it.");
        if (number > found.Count) throw new TamperedException($"{name} was tampered with: by {whose} it had {number} entries, now {found.Count}. The end was cut off.");
        if (number > 0 && found.Hashes[(int)number - 1] != hash) throw new TamperedException($"{name} was tampered with: entry {number} is not the one of {whose}. All up to it may have been written anew.");
    }
}
