using AiBms.Telemetry;

namespace AiBms.Server;

/// <summary>The folder with cells, packs, fluids and models.</summary>
static class Home
{
    /// <summary>The launcher's AIBMS_HOME, else the nearest folder above the program that has packs; null where there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("AIBMS_HOME") is { Length: > 0 } told) return told;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "packs"))) return folder.FullName;
        return null;
    }

    /// <exception cref="DataException">There is none.</exception>
    public static string Needed() => Find() ?? throw new DataException("The folders cells, packs and fluids are not found above the program: set AIBMS_HOME to the folder that has them.");
}
