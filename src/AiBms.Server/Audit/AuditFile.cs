using System.Text;
using System.Text.Json;
using AiBms.Telemetry;

namespace AiBms.Server.Audit;

/// <summary>An audit log in a file of this server, that is only added to.</summary>
sealed class AuditFile : IAuditLines
{
    public const string FileName = "audit.log", HeadName = "audit.head";

    /// <summary>Who noted the head that lies beside the log, for messages.</summary>
    public const string Whose = "the server's own note";

    readonly FileStream _file;
    readonly string _path, _headPath;
    readonly Lock _lock = new();
    long _number;
    string _hash;

    /// <param name="folder">The server's data folder.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="DataException">The file cannot be used, was changed, or is shorter than this server noted when it wrote it last.</exception>
    public AuditFile(string folder, TimeProvider time)
    {
        (_path, _headPath) = (Path.Combine(folder, FileName), Path.Combine(folder, HeadName));
        var noted = AuditHead.Kept(_headPath);
        var found = Whole(_path, _headPath, noted);
        (_number, _hash) = (found.Count, found.Hash);
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            _file = new(_path, options);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The audit log {_path} cannot be written ({problem.Message.TrimEnd('.')}): only one server uses a folder at a time.", problem);
        }

        _file.SetLength(found.WholeBytes);
        _file.Seek(0, SeekOrigin.End);
        if (found.IsTorn) Add(new(0, time.GetUtcNow(), "server", "mended", FileName, "the last line was cut off in the middle, as a loss of power does; it was dropped"));
        // After the first entry a fall may have come before its note; later there always is one.
        if (noted is null && found.Count > 1) Add(new(0, time.GetUtcNow(), "server", "note missing", HeadName, $"whether entries after {found.Count} were cut off is not known: compare with a head that was noted elsewhere"));
    }

    /// <summary>The log of a folder.</summary>
    /// <exception cref="DataException">It was changed, or its end was cut off.</exception>
    public static AuditChain Whole(string path, string headPath, AuditHead? noted)
    {
        var found = AuditChain.Read(path);
        string problem = found.Problem.Length > 0 ? found.Problem : noted?.Missing(found, "The audit log " + path, Whose) ?? "";
        return problem.Length == 0 ? found : throw new DataException($"{problem} Look at it ('audit verify'), keep a copy, and move {path} and {headPath} away to go on.");
    }

    /// <inheritdoc/>
    public string Head
    {
        get { lock (_lock) return $"{_number}:{_hash}"; }
    }

    /// <inheritdoc/>
    public void Add(AuditEntry entry)
    {
        lock (_lock)
        {
            var (hash, json) = AuditChain.Line(_hash, entry with { Number = _number + 1 });
            _file.Write(Encoding.UTF8.GetBytes($"{hash} {json}\n"));
            _file.Flush(flushToDisk: true);
            (_number, _hash) = (_number + 1, hash);
            new AuditHead(_number, _hash).Keep(_headPath);
        }
    }

    /// <inheritdoc/>
    public void AddSoon(AuditEntry entry) => Add(entry);

    /// <inheritdoc/>
    public IReadOnlyList<AuditEntry> Last(int most)
    {
        using StreamReader reader = new(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Queue<string> lines = new();
        while (reader.ReadLine() is { } line)
        {
            if (lines.Count == most) lines.Dequeue();
            lines.Enqueue(line);
        }

        return [.. lines.Reverse().Where(l => l.Length > 65).Select(l => JsonSerializer.Deserialize<AuditEntry>(l.AsSpan(65), AuditChain.Json)!)];
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
