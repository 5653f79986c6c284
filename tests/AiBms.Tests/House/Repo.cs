using System.Diagnostics;

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

    /// <summary>Text of a file given relative to the root.</summary>
    public static string Read(string relative) => File.ReadAllText(At(relative));

    /// <summary>What git tracks; without git, everything but build output.</summary>
    public static IReadOnlyList<string> Tracked { get; } = TrackedFiles();

    /// <summary>Tracked files whose content is text.</summary>
    public static IEnumerable<string> TrackedText => Tracked.Where(f => File.Exists(At(f)) && !Binary.Contains(Path.GetExtension(f)));

    static readonly HashSet<string> Binary = new([".png", ".gz", ".parquet", ".mat", ".onnx", ".zip", ".pdf"], StringComparer.OrdinalIgnoreCase);

    static IReadOnlyList<string> TrackedFiles()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, "ls-files", "-z"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            string[] files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
            git.WaitForExit();
            if (git.ExitCode == 0 && files.Length > 0) return files;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // no git on this machine: the walk below
        }

        return [.. Files(".", "*")];
    }

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "AiBms.slnx"))) return folder.FullName;
        throw new InvalidOperationException("AiBms.slnx is in no folder above the tests.");
    }
}
