using System.Globalization;
using AiBms.Telemetry;

namespace AiBms.Server.Audit;

/// <summary>Number and hash of a log's last entry, noted outside of the log: entries that were cut off its end show by it.</summary>
/// <param name="Number">Of the entry; 0 before the first.</param>
/// <param name="Hash">Of its line.</param>
readonly record struct AuditHead(long Number, string Hash)
{
    /// <exception cref="DataException">It is no head.</exception>
    public static AuditHead Parse(string text) => TryParse(text) ?? throw new DataException($"'{text}' is no head: it is NUMBER:HASH, as 'audit verify' prints it.");

    /// <summary>The note of a server in its folder; null where there is none, or what is there is no head.</summary>
    public static AuditHead? Kept(string path) => File.Exists(path) ? TryParse(File.ReadAllText(path).Trim()) : null;

    /// <summary>Writes the note. A fall in the midst of it leaves the one before: a note is written after its entry is durable, so it is behind the log then, and never ahead.</summary>
    public void Keep(string path)
    {
        string beside = path + ".new";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (FileStream file = new(beside, options))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(this + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Whether a log still leads to this head; it may have gone on behind it.</summary>
    /// <param name="found">The log.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="whose">Who noted the head.</param>
    /// <returns>What is wrong, a sentence; empty where nothing is.</returns>
    public string Missing(AuditChain found, string name, string whose)
    {
        if (Number > found.Count) return $"{name} was tampered with: by {whose} it had {Number} entries, now {found.Count}. The end was cut off.";
        return Number > 0 && found.Hashes[(int)Number - 1] != Hash ? $"{name} was tampered with: entry {Number} is not the one of {whose}. All up to it may have been written anew." : "";
    }

    static AuditHead? TryParse(string text) =>
        text.Split(':') is [var count, { Length: 64 } hash] && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? new(number, hash) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Hash}");
}
