using System.Text.Json.Serialization;

namespace AiBms.Battery.Estimation.Networks;

/// <summary>Generated (ahead-of-time) serialisation of models: unknown members are refused, so that a misspelt name is found.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    AllowTrailingCommas = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ModelFile))]
sealed partial class ModelJson : JsonSerializerContext;
