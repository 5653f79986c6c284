using System.Data.Common;
using AiBms.Server.Access;
using AiBms.Server.Audit;
using AiBms.Server.Devices;
using AiBms.Telemetry;

namespace AiBms.Server.Books;

/// <summary>Takes the books of a server's folder over into the database, when its store is PostgreSQL for the first time since the database has books.</summary>
static class FolderBooks
{
    public const string UserFile = "users.db", DeviceFile = "devices.db", RuleFile = "rules.json";

    /// <summary>Where the files lie afterwards.</summary>
    const string MovedTo = "before-the-database";

    /// <summary>Each book goes over whole, where the database has none yet; else its file stays and is named.</summary>
    public static void MoveInto(SharedBooks books, string folder)
    {
        Move(books, folder, UserFile, books.Users, UserBook.InFile, [("users", ["name", "role", "hash", "stamp", "fleet"])]);
        Move(books, folder, DeviceFile, books.Devices, DeviceBook.InFile, [("certificates", ["serial", "pack", "until", "revoked", "revoked_by"]), ("tokens", ["hash", "pack", "fleet", "until"]), ("fleets", ["pack", "fleet"])]);
        if (File.Exists(Path.Combine(folder, RuleFile)) && Free(books.Rules.Version(), folder, RuleFile))
        {
            string rules = File.ReadAllText(Path.Combine(folder, RuleFile));
            books.Rules.Change(before => before ?? rules);
            Away(books, folder, RuleFile);
        }

        string log = Path.Combine(folder, AuditFile.FileName), head = Path.Combine(folder, AuditFile.HeadName);
        if (!File.Exists(log)) return;
        var chain = AuditFile.Whole(log, head, AuditHead.Kept(head));
        // The old chain hangs on the new one by its head.
        books.Audit.Add(new(0, TimeProvider.System.GetUtcNow(), "server", "went on from", log, $"{chain.Count}:{chain.Hash}"));
        if (File.Exists(head)) Put(folder, AuditFile.HeadName);
        Put(folder, AuditFile.FileName);
    }

    static void Move(SharedBooks books, string folder, string file, IBook into, Func<string, IBook> open, (string Table, string[] Columns)[] tables)
    {
        string path = Path.Combine(folder, file);
        if (!File.Exists(path) || !Free(into.Version(), folder, file)) return;
        List<(string Table, string[] Columns, List<object[]> Rows)> found;
        using (var old = open(path)) found = [.. tables.Select(t => (t.Table, t.Columns, old.Read($"SELECT {string.Join(", ", t.Columns)} FROM {t.Table}", Row)))];
        into.Change(now =>
        {
            foreach (var (table, columns, rows) in found)
                foreach (object[] row in rows)
                    now.Do($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => "@" + c))}) ON CONFLICT DO NOTHING", [.. columns.Select((c, k) => ("@" + c, row[k]))]);
            return 0;
        });
        Away(books, folder, file);
    }

    static object[] Row(DbDataReader rows)
    {
        object[] row = new object[rows.FieldCount];
        rows.GetValues(row);
        return row;
    }

    static bool Free(long version, string folder, string file)
    {
        if (version == 0) return true;
        Console.Error.WriteLine($"aibms: {Path.Combine(folder, file)} is not used: the servers' database has its own. Enter there what is missing, and move the file away.");
        return false;
    }

    static void Away(SharedBooks books, string folder, string file)
    {
        Put(folder, file);
        books.Audit.Add(new(0, TimeProvider.System.GetUtcNow(), "server", "took over", Path.Combine(folder, file), $"into the database; the file lies in {MovedTo} now"));
    }

    static void Put(string folder, string file)
    {
        Directory.CreateDirectory(Path.Combine(folder, MovedTo));
        // An SQLite file may have a journal beside it.
        foreach (string part in (string[])["", "-wal", "-shm"])
            if (File.Exists(Path.Combine(folder, file + part))) File.Move(Path.Combine(folder, file + part), Path.Combine(folder, MovedTo, file + part), overwrite: true);
    }
}
