using AiBms.Learning.Boards.Rungs;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary>The stored rungs that a board reads. A fresh clone has none.</summary>
static class RungFolder
{
    /// <summary>Opens the folder, before any data is read.</summary>
    /// <param name="told">Folder that was told; null where none was.</param>
    /// <param name="model">soh, rul or temp.</param>
    /// <exception cref="DataException">Nothing was trained there yet.</exception>
    public static RungStore Open(string? told, string model)
    {
        string folder = told ?? Home.Rungs;
        if (!IsFilled(folder))
            throw new DataException($"Boards do not train, and '{folder}' holds nothing trained: run './aibms train --model {model} --rungs' first, or read the pages in results/, which hold what the boards gave.");
        return new(folder);
    }

    /// <summary>True where something was trained into a folder.</summary>
    public static bool IsFilled(string folder) => Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Any();
}
