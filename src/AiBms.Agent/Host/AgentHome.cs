using AiBms.Telemetry;

namespace AiBms.Agent.Host;

/// <summary>Where the folders <c>packs</c>, <c>cells</c> and <c>fluids</c> are.</summary>
public static class AgentHome
{
    const string Installed = "/usr/share/aibms";

    /// <summary>AIBMS_HOME, else the nearest folder above the program that has packs, else the installed one.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable("AIBMS_HOME") is { Length: > 0 } told) return told;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "packs"))) return folder.FullName;
        if (Directory.Exists(Path.Combine(Installed, "packs"))) return Installed;
        throw new DataException("The folders cells, packs and fluids are not found above the program: set AIBMS_HOME to the folder that has them.");
    }
}
