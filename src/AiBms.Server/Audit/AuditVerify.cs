using AiBms.Telemetry;

namespace AiBms.Server.Audit;

/// <summary><c>aibms audit verify</c>: is the audit log what was written?</summary>
static class AuditVerify
{
    /// <param name="folder">The server's data folder.</param>
    /// <param name="head">Number and hash that were noted elsewhere; null for none.</param>
    /// <returns>The exit code: 6 (refused for trust) where it was changed.</returns>
    public static int Run(string folder, string? head)
    {
        try
        {
            Console.WriteLine(Look(folder, head));
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
        string path = Path.Combine(folder, AuditLog.FileName), kept = Path.Combine(folder, AuditLog.HeadName);
        if (!File.Exists(path)) throw new DataException($"There is no audit log {path}: name the server's folder by --folder.");
        var found = AuditChain.Read(path);
        if (found.Problem.Length > 0) throw new TamperedException(found.Problem);
        if (File.Exists(kept)) Holds(found, File.ReadAllText(kept).Trim(), path, "the server's own note");
        if (head is not null) Holds(found, head, path, "the head that was given");
        return $"{found.Count} entries, none changed{(found.IsTorn ? "; a last line without end follows" : "")}. Head {found.Count}:{found.Hash}";
    }

    static void Holds(AuditChain found, string head, string path, string whose)
    {
        if (head.Split(':') is not [var count, { Length: 64 } hash] || !long.TryParse(count, out long number) || number < 0) throw new DataException($"'{head}' is no head: it is NUMBER:HASH, as 'audit verify' prints it.");
        if (number > found.Count) throw new TamperedException($"The audit log {path} was tampered with: by {whose} it had {number} entries, now {found.Count}. The end was cut off.");
        if (number > 0 && found.Hashes[(int)number - 1] != hash) throw new TamperedException($"The audit log {path} was tampered with: entry {number} is not the one of {whose}. All up to it may have been written anew.");
    }
}
