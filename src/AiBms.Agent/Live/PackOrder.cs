using System.Text.Json;
using System.Text.Json.Serialization;
using AiBms.Battery.Control;
using AiBms.Telemetry;

namespace AiBms.Agent.Live;

/// <summary>What somebody asks of a pack: JSON on its command topic. Nothing here can widen the protection.</summary>
public sealed record PackOrder
{
    /// <summary>A cooling mode; null to leave it.</summary>
    public CoolingMode? Mode { get; init; }

    /// <summary>True withdraws the wish for closed contactors for two seconds and asks afresh, as whoever turns a key does.</summary>
    public bool IsRestart { get; init; }

    /// <summary>A fault for a simulated pack, as <c>simulate --fault</c> has it; empty for none. Real packs take none.</summary>
    public string Fault { get => field ?? ""; init; }

    /// <summary>Writes the order.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, PackOrderJson.Default.PackOrder);

    /// <summary>Reads an order.</summary>
    /// <exception cref="DataException">It is none; the sentence says why.</exception>
    public static PackOrder Of(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, PackOrderJson.Default.PackOrder) ?? throw new DataException("The order is empty: send a JSON object.");
        }
        catch (JsonException problem)
        {
            throw new DataException($"The order cannot be read: {problem.Message}", problem);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PackOrder))]
sealed partial class PackOrderJson : JsonSerializerContext;
