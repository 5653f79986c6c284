namespace AiBms.Server.Books;

/// <summary>A text in a file of this server alone.</summary>
sealed class FileText(string path) : IBookText
{
    readonly Lock _lock = new();

    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public long Version() => 0;

    /// <inheritdoc/>
    public string? Read() => File.Exists(path) ? File.ReadAllText(path) : null;

    /// <inheritdoc/>
    public string Change(Func<string?, string> change)
    {
        lock (_lock)
        {
            string next = change(Read());
            // Written beside and moved: a loss of power leaves the old file or the new one.
            File.WriteAllText(path + ".new", next);
            File.Move(path + ".new", path, overwrite: true);
            return next;
        }
    }
}
