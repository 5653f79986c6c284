using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiBms.Battery.Thermal.Fluids;

/// <summary>Generated (ahead-of-time) serialisation of fluids: unknown members are refused, so that a misspelt name is found.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Fluid))]
sealed partial class FluidJson : JsonSerializerContext;
