using System.Text;

namespace AiBms.Battery.Cells;

/// <summary>The cells in a folder, found by id or alias. One JSON file a cell: adding a cell adds a file.</summary>
public sealed class CellCatalogue
{
    readonly string _folder;

    /// <param name="folder">Folder of cell files.</param>
    public CellCatalogue(string folder) => _folder = folder;

    /// <summary>Every cell file's path, sorted.</summary>
    public IReadOnlyList<string> Files => Directory.Exists(_folder)
        ? [.. Directory.GetFiles(_folder, "*.json").Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Every cell, in the order of their files.</summary>
    /// <exception cref="CellException">A file is not a usable cell.</exception>
    public IEnumerable<CellType> All() => Files.Select(Load);

    /// <summary>Finds a cell by id or alias in any case, or by the path of a cell file.</summary>
    /// <exception cref="CellException">The file is not a usable cell.</exception>
    /// <exception cref="CellException">No cell has that name; the message lists those there are.</exception>
    public CellType Find(string name)
    {
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && File.Exists(name)) return Load(name);

        // Only a file that mentions the name is parsed: a start-up must not read every cell there is.
        string quoted = $"\"{name}\"";
        foreach (string path in Files)
        {
            byte[] json = File.ReadAllBytes(path);
            if (!Encoding.UTF8.GetString(json).Contains(quoted, StringComparison.OrdinalIgnoreCase)) continue;
            var cell = CellFile.Parse(json, Path.GetFileName(path));
            if (cell.Id.Equals(name, StringComparison.OrdinalIgnoreCase) || cell.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase)) return cell;
        }

        throw new CellException($"No cell is called '{name}'. Known: {string.Join(", ", All().Select(c => c.Id))}.");
    }

    static CellType Load(string path) => CellFile.Parse(File.ReadAllBytes(path), Path.GetFileName(path));
}
