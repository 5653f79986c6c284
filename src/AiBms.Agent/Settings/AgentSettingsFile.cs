using System.Text.Json;
using System.Text.Json.Serialization;
using AiBms.Telemetry;

namespace AiBms.Agent.Settings;

/// <summary>Reads an agent's configuration: one JSON file, comments allowed. What is wrong is said with its key.</summary>
public static class AgentSettingsFile
{
    /// <summary>Reads a file; paths in it are relative to its folder.</summary>
    /// <exception cref="DataException">It is not a configuration; the sentence names the key.</exception>
    public static AgentSettings Read(string path)
    {
        byte[] json;
        try
        {
            json = File.ReadAllBytes(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The configuration {path} cannot be read ({problem.Message.TrimEnd('.')}): name another.", problem);
        }

        return Parse(json, Path.GetFileName(path), Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Reads and checks the text of a configuration.</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <param name="folder">What paths in it are relative to.</param>
    /// <exception cref="DataException">It is not a configuration; the sentence names the key.</exception>
    public static AgentSettings Parse(ReadOnlySpan<byte> json, string name, string folder)
    {
        try
        {
            var settings = JsonSerializer.Deserialize(json, AgentSettingsJson.Default.AgentSettings) ?? throw new DataException($"{name} is empty: write a JSON object with pack, source and journal.");
            return Checked(settings, name, folder);
        }
        catch (JsonException problem)
        {
            throw new DataException($"{name}, line {problem.LineNumber + 1}: {Reason(problem)}", problem);
        }
    }

    /// <summary>Checks a configuration that was put together, and makes its paths whole.</summary>
    /// <exception cref="DataException">Something is wrong; the sentence names the key.</exception>
    public static AgentSettings Checked(AgentSettings settings, string name, string folder) => settings.In(folder, name).Validated(new(name));

    static string Reason(JsonException problem)
    {
        string key = problem.Path is { Length: > 2 } path ? path[2..] : "the file", text = problem.Message;
        if (text.Contains("could not be mapped", StringComparison.Ordinal)) return $"{key} is no key that an agent knows: take it out, or correct its name.";
        int missing = text.IndexOf("including: ", StringComparison.Ordinal);
        if (missing >= 0) return $"{key} lacks {text[(missing + 11)..].TrimEnd('.')}: add it.";
        if (key == "source.kind") return $"{key} is none of {string.Join(", ", Enum.GetNames<SourceKind>())}: write one of them.";
        return text.Contains("could not be converted", StringComparison.Ordinal) ? $"{key} is of another kind than it must be: see the list of keys." : $"{key} is no JSON: {text.Split(" Path:")[0]}";
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AgentSettings))]
sealed partial class AgentSettingsJson : JsonSerializerContext;
