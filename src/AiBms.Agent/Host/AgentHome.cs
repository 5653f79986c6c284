using AiBms.Telemetry;

namespace AiBms.Agent.Host;

/// <summary>Where the folders <c>cells</c>, <c>packs</c>, <c>fluids</c> and <c>models</c> are: the same for every program.</summary>
public static class AgentHome
{
    const string Installed = "/usr/share/aibms";

    /// <summary>AIBMS_HOME, else the nearest folder above the program that has packs, else the installed one; null where there is none.</summary>
    public static string? Locate()
    {
        if (Environment.GetEnvironmentVariable("AIBMS_HOME") is { Length: > 0 } told) return told;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "packs"))) return folder.FullName;
        return Directory.Exists(Path.Combine(Installed, "packs")) ? Installed : null;
    }

    /// <summary>The same where the folders are needed.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static string Find() => Locate() ?? throw new DataException("The folders cells, packs and fluids are not found above the program: set AIBMS_HOME to the folder that has them.");
}
