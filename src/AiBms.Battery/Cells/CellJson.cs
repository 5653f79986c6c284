using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiBms.Battery.Cells;

/// <summary>Generated (ahead-of-time) serialisation of cells: unknown members are refused, so that a misspelt name is found.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CellType))]
sealed partial class CellJson : JsonSerializerContext;
