using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiBms.Agent.Protection;

/// <summary>Generated (ahead-of-time) serialisation of protection files: unknown members are refused, so that a misspelt name is found.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ProtectionSettings))]
sealed partial class ProtectionJson : JsonSerializerContext;
