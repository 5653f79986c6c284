namespace AiBms.Battery.Packs;

/// <summary>The packs in a folder, one JSON file each.</summary>
public sealed class PackCatalogue(string folder)
{
    /// <summary>Every pack file's path, sorted.</summary>
    public IReadOnlyList<string> Files => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)] : [];

    /// <summary>Every pack, in the order of their files.</summary>
    /// <exception cref="FormatException">A file is not a usable layout.</exception>
    public IEnumerable<PackLayout> All() => Files.Select(Load);

    /// <summary>Finds a pack by id or by the path of a pack file.</summary>
    /// <exception cref="FormatException">The file is not a usable layout.</exception>
    /// <exception cref="KeyNotFoundException">No pack has that name; the message lists those there are.</exception>
    public PackLayout Find(string name)
    {
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && File.Exists(name)) return Load(name);
        var packs = All().ToList();
        return packs.Find(p => p.Id == name)
            ?? throw new KeyNotFoundException($"No pack is called '{name}'. Known: {string.Join(", ", packs.Select(p => p.Id))}.");
    }

    static PackLayout Load(string path) => PackFile.Parse(File.ReadAllBytes(path), Path.GetFileName(path));
}
