namespace AiBms.Cli.Shell;

/// <summary>A text file that a command fills: whole when the command ends, and the one of before until then. What is no file (a pipe, a device) is written straight away.</summary>
sealed class OutputFile : IDisposable
{
    readonly string _path;
    readonly string? _part;

    /// <param name="path">Where it goes.</param>
    public OutputFile(string path)
    {
        _path = File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : Path.GetFullPath(path);
        _part = IsPlain(_path) ? _path + ".part" : null;
        Writer = new StreamWriter(_part ?? _path);
    }

    /// <summary>Writes to it.</summary>
    public StreamWriter Writer { get; }

    // A device or a pipe must never be replaced by a file.
    static bool IsPlain(string path)
    {
        if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal)) return false;
        if (!File.Exists(path)) return true;
        using FileStream there = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        return there.CanSeek;
    }

    /// <summary>The command came to its end: what was written takes its place.</summary>
    public void Keep()
    {
        Writer.Dispose();
        if (_part is not null) File.Move(_part, _path, overwrite: true);
    }

    /// <summary>Without <see cref="Keep"/> the file of before stays.</summary>
    public void Dispose()
    {
        Writer.Dispose();
        if (_part is not null) File.Delete(_part);
    }
}
