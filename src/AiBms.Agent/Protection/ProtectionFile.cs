using System.Text.Json;
using AiBms.Battery;

namespace AiBms.Agent.Protection;

/// <summary>Reads a pack's protection from JSON.</summary>
public static class ProtectionFile
{
    /// <summary>Reads the settings.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="FormatException">The text is not a protection file; the message says why in one sentence.</exception>
    public static ProtectionSettings Parse(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            var settings = JsonSerializer.Deserialize(json, ProtectionJson.Default.ProtectionSettings) ?? throw new FormatException($"{name} is empty.");
            foreach (var (kind, band) in settings.Bands)
                if (band is null) throw new FormatException($"{name}: 'bands.{kind}' must not be null: leave out a limit that the pack does not have.");
            return settings;
        }
        catch (JsonException problem)
        {
            throw new FormatException($"{name} is not a protection file: {JsonFault.Text(problem)}", problem);
        }
    }
}
