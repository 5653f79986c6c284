using AiBms.Telemetry;

namespace AiBms.Learning.Datasets;

/// <summary>Finds the folder of measured data. The data belong to their publishers and are never part of the project.</summary>
public static class DataFolder
{
    /// <summary>Environment variable that names the folder.</summary>
    public const string Variable = "AIBMS_DATA";

    /// <summary>The folder that <see cref="Variable"/> names.</summary>
    /// <exception cref="DataException">The variable is not set, or names no folder.</exception>
    public static string Locate()
    {
        string? path = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrWhiteSpace(path))
            throw new DataException($"no measured data: set {Variable} to the folder that holds it; './aibms data list' names the publishers, './aibms data add' lays their archives out.");
        if (!Directory.Exists(path))
            throw new DataException($"{Variable} names '{path}', which is not a folder; correct it, or lay data out with './aibms data add'.");
        return path;
    }
}
