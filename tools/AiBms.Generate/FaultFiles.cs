using System.Text.Json;

namespace AiBms.Generate;

/// <summary>The files that are made from the fault catalogue.</summary>
public static class FaultFiles
{
    /// <summary>The catalogue, below the project's root.</summary>
    public const string Source = "src/AiBms.Safety/Faults/faults.json";

    /// <summary>The command that makes the files; each of them names it.</summary>
    public const string Command = "dotnet run --project tools/AiBms.Generate";

    static readonly JsonSerializerOptions s_options = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Path below the root and content of every generated file.</summary>
    /// <param name="json">The catalogue's text.</param>
    /// <exception cref="JsonException">The text is not the catalogue.</exception>
    public static IEnumerable<(string Path, string Content)> All(string json)
    {
        var faults = JsonSerializer.Deserialize<FaultEntry[]>(json, s_options) ?? throw new JsonException($"{Source} is empty");
        yield return ("src/AiBms.Safety/Faults/FaultCode.g.cs", FaultCSharp.Codes(faults));
        yield return ("src/AiBms.Safety/Faults/FaultCatalogue.g.cs", FaultCSharp.Catalogue(faults));
        yield return ("firmware/include/aibms/faults.h", FaultC.Header(faults));
        yield return ("firmware/src/faults.c", FaultC.Rows(faults));
        yield return ("docs/reference/faults.md", FaultMarkdown.Page(faults));
    }
}
