using AiBms.Telemetry;

namespace AiBms.Server.Access;

/// <summary>Secrets lie in files of their own, beside the settings that name them.</summary>
static class SecretFile
{
    /// <returns>The text of the file; null where none is named.</returns>
    /// <exception cref="DataException">It is not there.</exception>
    public static string? Read(string? file, string folder)
    {
        if (file is null) return null;
        string path = Path.GetFullPath(file, folder);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : throw new DataException($"The secret's file {path} is not there: write the secret into it.");
    }
}
