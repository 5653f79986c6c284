using System.Text.Json;
using System.Text.Json.Serialization;
using AiBms.Battery.Packs;
using AiBms.Telemetry;

namespace AiBms.Agent.Ports.Can;

/// <summary>Which signal of a bus is what in a reading and a command. Signals are SIGNAL or MESSAGE.SIGNAL; {n} counts from 1.</summary>
/// <remarks>What has a default is set, not initialised: the generated reader would put zero over it.</remarks>
public sealed record CanMap
{
    /// <summary>The DBC file, relative to the map.</summary>
    public required string Dbc { get; init; }

    /// <summary>Voltage of cell n, such as Cell{n:00}.</summary>
    public required string CellVoltage { get; init; }

    /// <summary>Temperature of probe n; null where the pack has no probes.</summary>
    public string? ProbeTemperature { get; init; }

    /// <summary>Whether cell n bleeds; null where the bus does not say.</summary>
    public string? BleedOn { get; init; }

    /// <summary>The signals that there is one of each.</summary>
    public required IReadOnlyDictionary<PackSignal, string> Signals { get; init; }

    /// <summary>When currents are positive.</summary>
    public required PositiveWhile CurrentIsPositiveWhile { get; init; }

    /// <summary>What is yes or no.</summary>
    public IReadOnlyDictionary<CanFlag, string> Flags { get; set; } = new Dictionary<CanFlag, string>();

    /// <summary>A signal that did not come for so long is missing, s.</summary>
    public double MissingAfterS { get; set; } = 1;

    /// <summary>What is sent; empty for a pack that is only watched.</summary>
    public IReadOnlyDictionary<CanOrder, string> Orders { get; set; } = new Dictionary<CanOrder, string>();

    /// <summary>Whether cell n is to bleed; null where it is not sent.</summary>
    public string? BleedOrder { get; init; }

    /// <summary>Reads a map.</summary>
    /// <exception cref="DataException">It is none; the sentence names the key.</exception>
    public static CanMap Read(string path)
    {
        string name = Path.GetFileName(path);
        try
        {
            var map = JsonSerializer.Deserialize(File.ReadAllBytes(path), CanMapJson.Default.CanMap) ?? throw new DataException($"{name} is empty: write a JSON object with dbc, cellVoltage, signals and currentIsPositiveWhile.");
            return map.MissingAfterS > 0 ? map : throw new DataException($"{name}: missingAfterS is {map.MissingAfterS}: give more than 0.");
        }
        catch (JsonException problem)
        {
            throw new DataException($"{name}, line {problem.LineNumber + 1}: {problem.Path} cannot be read: {problem.Message.Split(" Path:")[0]}", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The map {path} cannot be read ({problem.Message.TrimEnd('.')}): name another.", problem);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CanMap))]
sealed partial class CanMapJson : JsonSerializerContext;
