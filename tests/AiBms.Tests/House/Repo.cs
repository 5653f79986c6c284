namespace AiBms.Tests.House;

/// <summary>The working tree that the tests were built in.</summary>
static class Repo
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>A path below the root, with forward slashes.</summary>
    public static string At(string relative) => Path.Combine(Root, relative);

    /// <summary>Files below a folder, relative to the root and with forward slashes, without build output.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        !Directory.Exists(At(folder)) ? [] :
        Directory.EnumerateFiles(At(folder), pattern, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(part => part is "obj" or "bin" or "artifacts" or ".git"))
            .Order(StringComparer.Ordinal);

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "AiBms.slnx"))) return folder.FullName;
        throw new InvalidOperationException("AiBms.slnx is in no folder above the tests.");
    }
}
