using System.Text.Json;
using System.Text.Json.Serialization;
using AiBms.Battery.Electrochemistry.Degradation;

namespace AiBms.Battery.Ageing;

/// <summary>Reading of ageing parameters without reflection; an unknown name is refused.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SeiParameters))]
[JsonSerializable(typeof(PlatingParameters))]
[JsonSerializable(typeof(MechanicsParameters))]
sealed partial class AgeingJson : JsonSerializerContext;
