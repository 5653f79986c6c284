using System.Text.Json;
using System.Text.Json.Serialization;
using AiBms.Telemetry;

namespace AiBms.Server;

/// <summary>Reads a JSON file of settings that an option names: comments allowed, unknown keys refused.</summary>
static class SettingsFile
{
    static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    /// <param name="path">The file.</param>
    /// <param name="what">What it is of, for messages.</param>
    /// <param name="option">The option that names it.</param>
    /// <param name="keys">What to write where it is empty.</param>
    /// <param name="guide">The page that describes it.</param>
    /// <exception cref="DataException">It cannot be read or understood; the sentence says why.</exception>
    public static (T Settings, byte[] Text) Read<T>(string path, string what, string option, string keys, string guide)
    {
        try
        {
            byte[] text = File.ReadAllBytes(path);
            return (JsonSerializer.Deserialize<T>(text, s_json) ?? throw new DataException($"The file of {what} {path} is empty: write {keys}."), text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The file of {what} {path} cannot be read ({problem.Message.TrimEnd('.')}): name another by {option}.", problem);
        }
        catch (JsonException problem)
        {
            throw new DataException($"The file of {what} {path} cannot be understood at {problem.Path ?? "its begin"}, line {problem.LineNumber + 1}: see {guide}.", problem);
        }
    }
}
