using System.Text.Json;

namespace AiBms.Battery.Thermal.Fluids;

/// <summary>The fluids in a folder, one JSON file each, named by their id. Adding a fluid adds a file.</summary>
public sealed class FluidCatalogue(string folder)
{
    static readonly string[] s_checks = ["datasheet", "literature", "estimate"];

    /// <summary>The ids there are, sorted.</summary>
    public IReadOnlyList<string> Ids => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Finds a fluid by id.</summary>
    /// <exception cref="KeyNotFoundException">No fluid has that name; the message lists those there are.</exception>
    /// <exception cref="FormatException">The file is not a usable fluid; the message says why in one sentence.</exception>
    public Fluid Find(string id)
    {
        if (!Ids.Contains(id, StringComparer.Ordinal)) throw new KeyNotFoundException($"No fluid is called '{id}'. Known: {string.Join(", ", Ids)}.");
        return Parse(File.ReadAllBytes(Path.Combine(folder, id + ".json")), id + ".json");
    }

    /// <summary>Reads and checks a fluid.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="FormatException">The text is not a usable fluid; the message says why in one sentence.</exception>
    public static Fluid Parse(ReadOnlySpan<byte> json, string name)
    {
        Fluid? fluid;
        try
        {
            fluid = JsonSerializer.Deserialize(json, FluidJson.Default.Fluid);
        }
        catch (JsonException problem)
        {
            throw new FormatException($"{name} is not a fluid file: {JsonFault.Text(problem)}", problem);
        }

        if (fluid is null) throw new FormatException($"{name} is empty.");
        if (fluid.Id + ".json" != name) throw new FormatException($"{name} calls its fluid '{fluid.Id}'; file and id must agree.");
        if (!s_checks.Contains(fluid.Source.Checked, StringComparer.Ordinal)) throw new FormatException($"{name}: checked must be one of {string.Join(", ", s_checks)}, not '{fluid.Source.Checked}'.");
        if (fluid.Fault() is { } fault) throw new FormatException($"{name}: {fault}");
        return fluid;
    }
}
