using System.Text;
using System.Text.Json;
using AiBms.Telemetry;

namespace AiBms.Server.Audit;

/// <summary>Who did what, one line each, in a file that is only added to: each line begins with the SHA-256 of the line before and of itself, so that a change of any shows.</summary>
/// <remarks>
/// Line: hash, space, JSON. hash = SHA-256(hash of the line before, newline, JSON), in small hexadecimal digits; before the first stand 64 zeros.
/// Whoever can write the file can write all of it anew: what they cannot change is a head (number and hash) that was noted elsewhere.
/// </remarks>
sealed class AuditLog : IDisposable
{
    public const string FileName = "audit.log", HeadName = "audit.head";

    /// <summary>Refusals of one minute that are written one by one; the rest are counted.</summary>
    const int MostRefusedAMinute = 60;

    /// <summary>Longest text that is taken from outside, characters.</summary>
    const int LongestText = 300;

    readonly FileStream _file;
    readonly string _headPath;
    readonly TimeProvider _time;
    readonly Lock _lock = new();
    long _number, _minute;
    int _refused;
    string _hash = AuditChain.Start;

    /// <param name="folder">The server's data folder.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="DataException">The file cannot be used, or was changed.</exception>
    public AuditLog(string folder, TimeProvider time)
    {
        (_headPath, _time) = (Path.Combine(folder, HeadName), time);
        string path = Path.Combine(folder, FileName);
        var found = AuditChain.Read(path);
        if (found.Problem.Length > 0) throw new DataException($"{found.Problem} Look at it ('audit verify'), keep a copy, and move {path} away to go on.");
        (_number, _hash) = (found.Count, found.Hash);
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            _file = new(path, options);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The audit log {path} cannot be written ({problem.Message.TrimEnd('.')}): only one server uses a folder at a time.", problem);
        }

        _file.SetLength(found.WholeBytes);
        _file.Seek(0, SeekOrigin.End);
        if (found.IsTorn) Add("server", "mended", FileName, "the last line was cut off in the middle, as a loss of power does; it was dropped");
    }

    /// <summary>Number and hash of the last entry: note it elsewhere, and it shows later that nothing before it was changed.</summary>
    public string Head
    {
        get { lock (_lock) return $"{_number}:{_hash}"; }
    }

    /// <summary>Writes an entry; it is on disk on return.</summary>
    public void Add(string who, string what, string about, string detail = "")
    {
        lock (_lock)
        {
            AuditEntry entry = new(_number + 1, _time.GetUtcNow(), Short(who), what, Short(about), Short(detail));
            string json = JsonSerializer.Serialize(entry, AuditChain.Json), hash = AuditChain.HashOf(_hash, json);
            _file.Write(Encoding.UTF8.GetBytes($"{hash} {json}\n"));
            _file.Flush(flushToDisk: true);
            (_number, _hash) = (entry.Number, hash);
            File.WriteAllText(_headPath, $"{_number}:{_hash}\n");
        }
    }

    /// <summary>Writes that something was refused; of a flood only the first of each minute and how many came after.</summary>
    public void Refused(string from, string what, string about, string why)
    {
        lock (_lock)
        {
            long minute = _time.GetUtcNow().ToUnixTimeSeconds() / 60;
            if (minute != _minute)
            {
                if (_refused > MostRefusedAMinute) Add("server", "refused more", "", $"{_refused - MostRefusedAMinute} more were refused within that minute");
                (_minute, _refused) = (minute, 0);
            }

            if (++_refused <= MostRefusedAMinute) Add(from, "refused " + what, about, why);
        }
    }

    static string Short(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";

    public void Dispose() => _file.Dispose();
}
