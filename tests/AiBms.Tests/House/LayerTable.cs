namespace AiBms.Tests.House;

/// <summary>Who may use whom. This table is the documentation; a project is a place where the compiler must refuse something.</summary>
static class LayerTable
{
    /// <summary>A project and the projects it may reference. What those reference may be used too.</summary>
    public static IReadOnlyDictionary<string, string[]> Projects { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Numerics"] = [],                    // knows no batteries
        ["Safety"] = [],                      // references nothing at all: the AI proposes, the envelope disposes
        ["Battery"] = ["Numerics"],
        ["Telemetry"] = [],
        ["Storage"] = ["Telemetry"],
        ["Ota"] = [],                         // what can replace the program is reviewed alone
        ["Aws"] = ["Telemetry", "Ota"],
        ["Learning"] = ["Battery", "Telemetry"],
        ["Training"] = ["Learning", "Cli"],   // the command line with network trainers added; alone in referencing TorchSharp
        ["Agent"] = ["Safety", "Battery", "Telemetry"],
        ["Edge"] = ["Agent", "Ota"],          // never Storage, Learning, Aws
        ["Native"] = ["Battery"],             // the estimators behind a C ABI
        ["Server"] = ["Agent", "Battery", "Telemetry", "Storage", "Ota", "Aws"],
        ["Cli"] = ["Numerics", "Safety", "Battery", "Telemetry", "Storage", "Ota", "Aws", "Learning", "Agent"],
    };

    /// <summary>Projects that use no package at all.</summary>
    public static IReadOnlyList<string> WithoutPackages { get; } = ["Safety"];

    /// <summary>Packages that only one project may reference.</summary>
    public static IReadOnlyDictionary<string, string> PackageOwners { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["TorchSharp"] = "Training",
        ["libtorch-cpu-linux-x64"] = "Training",
        ["Microsoft.ML.FastTree"] = "Training",
        ["Microsoft.ML.OnnxRuntime"] = "Training",
        ["Microsoft.Orleans.Connections.Security"] = "Server",
        ["Microsoft.Orleans.Server"] = "Server",
    };

    /// <summary>Inside AiBms.Battery a folder may use those to its left, and what lies in no folder (units) is for all.</summary>
    public static IReadOnlyList<string> BatteryFolders { get; } =
        ["Cells", "Electrochemistry", "Thermal", "Ageing", "Packs", "Estimation", "Control", "Simulation"];
}
