using AiBms.Agent.Protection;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Battery.Packs;
using AiBms.Cli.Shell;
using AiBms.Safety.Limits;

namespace AiBms.Cli.Commands;

/// <summary>What to export and where to.</summary>
/// <param name="CellName">Cell or cell file; null where none was given.</param>
/// <param name="PackName">Pack whose protection is meant; null where none was given.</param>
/// <param name="ModelPath">Model file; null where none was given.</param>
/// <param name="Folder">Where to.</param>
/// <param name="Say">Takes a note for the person.</param>
sealed record ExportRequest(string? CellName, string? PackName, string? ModelPath, string Folder, Action<string> Say)
{
    /// <summary>The cell.</summary>
    /// <exception cref="UsageException">None was given.</exception>
    public CellType Cell => new CellCatalogue(Home.Cells).Find(CellName ?? throw new UsageException("This target writes a cell: name it with --cell, or for c99 a pack with --pack."));

    /// <summary>The pack; null where none was given.</summary>
    public PackLayout? Layout => PackName is null ? null : Home.Pack(PackName);

    /// <summary>The cell that was named, else the pack's own.</summary>
    public CellType CellOf(PackLayout layout) => new CellCatalogue(Home.Cells).Find(CellName ?? layout.Cell);

    /// <summary>The model.</summary>
    /// <exception cref="UsageException">None was given.</exception>
    public ModelFile Model => ModelCatalogue.Read(ModelPath ?? throw new UsageException("This target writes a model: name its file with --model."));

    /// <summary>True where a model was named.</summary>
    public bool HasModel => ModelPath is not null;

    /// <summary>Id and limits of the pack; null where none was named.</summary>
    /// <exception cref="UsageException">The pack has no protection.</exception>
    public (string Pack, SafetyLimits Limits)? Protection
    {
        get
        {
            if (Layout is not { } layout) return null;
            string path = Path.Combine(Home.Packs, "protection", layout.Id + ".json");
            if (!File.Exists(path)) throw new UsageException($"The pack {layout.Id} has no protection: put its limits into packs/protection/{layout.Id}.json.");
            return (layout.Id, ProtectionFile.Parse(File.ReadAllBytes(path), Path.GetFileName(path)).ToLimits(layout));
        }
    }

    /// <summary>Writes files into the folder and returns their paths.</summary>
    public IReadOnlyList<string> Write(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        Directory.CreateDirectory(Folder);
        List<string> written = [];
        foreach (var (name, bytes) in files)
        {
            written.Add(Path.Combine(Folder, name));
            File.WriteAllBytes(written[^1], bytes);
        }

        return written;
    }
}
