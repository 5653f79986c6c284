using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Networks;
using AiBms.Cli.Shell;

namespace AiBms.Cli.Commands;

/// <summary>What to export and where to.</summary>
/// <param name="CellName">Cell or cell file; null where none was given.</param>
/// <param name="ModelPath">Model file; null where none was given.</param>
/// <param name="Folder">Where to.</param>
sealed record ExportRequest(string? CellName, string? ModelPath, string Folder)
{
    /// <summary>The cell.</summary>
    /// <exception cref="UsageException">None was given.</exception>
    public CellType Cell => new CellCatalogue(Home.Cells).Find(CellName ?? throw new UsageException("This target writes a cell: name it with --cell."));

    /// <summary>The model.</summary>
    /// <exception cref="UsageException">None was given.</exception>
    public ModelFile Model => ModelCatalogue.Read(ModelPath ?? throw new UsageException("This target writes a model: name its file with --model."));

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
