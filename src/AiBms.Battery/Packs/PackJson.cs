using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiBms.Battery.Packs;

/// <summary>Generated (ahead-of-time) serialisation of packs: unknown members are refused, so that a misspelt name is found.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PackLayout))]
sealed partial class PackJson : JsonSerializerContext;
