using System.Diagnostics;

namespace AiBms.Trials.House;

/// <summary>A fresh clone of the last commit in an empty folder, with nothing beside it. Gone when disposed.</summary>
sealed class Clone : IDisposable
{
    readonly string _parent = Directory.CreateTempSubdirectory("aibms clone ").FullName; // with a space: paths are quoted or fail here

    public Clone()
    {
        var (code, output, error) = Run(Path.GetTempPath(), "git", "clone", "-q", "--no-hardlinks", Root, Folder);
        Assert.True(code == 0, output + error);
    }

    /// <summary>The clone.</summary>
    public string Folder => Path.Combine(_parent, "AiBms");

    /// <summary>The folder with the solution that the trials were built in.</summary>
    public static string Root { get; } = Find();

    /// <summary>The commit that stands in that folder, with a plus where files were changed since; empty where there is none.</summary>
    public static string Commit => Obstacle is null ? Run(Root, "git", "describe", "--always", "--dirty=+", "--exclude=*").Output.Trim() : "";

    /// <summary>Why no clone can be made here, or null.</summary>
    public static string? Obstacle =>
        !Directory.Exists(Path.Combine(Root, ".git")) && !File.Exists(Path.Combine(Root, ".git")) ? "skipped: the tree is not a git clone"
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, "git"))) ? null : "skipped: no git";

    /// <summary>Runs a shell line in the clone, as a person would: no data folder, no settings of this run.</summary>
    public (int Code, string Text) Shell(string line)
    {
        var (code, output, error) = Run(Folder, "bash", "-c", line);
        return (code, output + error);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_parent, recursive: true);

    /// <summary>Runs a program without the settings of this run and returns what it printed; what has not ended after an hour is ended, with all that it started.</summary>
    public static (int Code, string Output, string Error) Run(string folder, string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string name in (string[])["AIBMS_DATA", "AIBMS_HOME", "STRICT", "AIBMS_REWRITE"]) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        using Timer patience = new(_ => process.Kill(entireProcessTree: true), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "AiBms.slnx"))) return folder.FullName;
        throw new InvalidOperationException("AiBms.slnx is in no folder above the trials.");
    }
}
