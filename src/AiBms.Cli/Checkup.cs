using System.Runtime.InteropServices;

namespace AiBms.Cli;

/// <summary>Looks at the machine for the doctor. Changes nothing, and needs no network.</summary>
static class Checkup
{
    /// <summary>Everything there is to tell, in the order of a first use.</summary>
    /// <param name="workFolder">Where results would be written.</param>
    public static Finding[] Run(string workFolder) =>
    [
        new("runtime", true, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} processors", null),
        Sdk(),
        Files("cells", Home.Cells, "*.json", "cell type", "take a whole clone, or set AIBMS_HOME to one"),
        Files("samples", Home.Samples, "*.csv*", "simulated recording", "take a whole clone, or set AIBMS_HOME to one"),
        MeasuredData(Home.MeasuredData),
        CanWrite(workFolder),
    ];

    static Finding Sdk()
    {
        const string cure = "install the .NET 10 SDK: the launcher builds the program with it";
        // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>.
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string folder = Path.Combine(root, "sdk");
        string[] found = Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder, "10.*").Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)] : [];
        return new("sdk", found.Length > 0, found.Length > 0 ? string.Join(", ", found) : "no .NET 10 SDK beside the runtime", cure);
    }

    static Finding Files(string name, string folder, string pattern, string kind, string cure)
    {
        int count = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Count() : 0;
        return new(name, count > 0, $"{count} {kind}{(count == 1 ? "" : "s")} in {folder}", cure);
    }

    internal static Finding MeasuredData(string? folder)
    {
        const string name = "measured data";
        if (folder is null) return new(name, false, "AIBMS_DATA is not set (boards and trials need it, infer does not)", "'aibms data list' names public data sets");
        int count = Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Count() : 0;
        return new(name, count > 0, $"{count} data set{(count == 1 ? "" : "s")} in {folder}", "let AIBMS_DATA name a folder made by 'aibms data add'");
    }

    internal static Finding CanWrite(string folder)
    {
        string probe = Path.Combine(folder, $".aibms-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new("write access", true, folder, null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new("write access", false, $"cannot write in {folder}", "work in a folder of your own");
        }
    }
}
