using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AiBms.Battery.Estimation.Networks;
using AiBms.Telemetry;

namespace AiBms.Learning.Boards.Rungs;

/// <summary>Models of a board's rungs, one archive for each learner and seed with one model for each split: <c>train --rungs</c> writes them, boards read them.</summary>
/// <param name="folder">Where they are; need not exist.</param>
public sealed class RungStore(string folder)
{
    const string Head = "rung.json";

    /// <summary>True where the rung is there, with these settings and from this data.</summary>
    public bool Has(RungHeader wanted) => File.Exists(PathOf(wanted)) && ReadHeader(PathOf(wanted)) is { } found && found.IsSame(wanted);

    /// <summary>Writes a rung as a whole or not at all.</summary>
    public void Save(RungHeader header, IReadOnlyList<ModelFile> models)
    {
        string path = PathOf(header);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var archive = ZipFile.Open(path + ".new", File.Exists(path + ".new") ? ZipArchiveMode.Update : ZipArchiveMode.Create))
        {
            foreach (var old in archive.Mode == ZipArchiveMode.Update ? archive.Entries.ToArray() : []) old.Delete();
            Write(archive, Head, JsonSerializer.Serialize(header));
            for (int k = 0; k < models.Count; k++) Write(archive, $"{k}.json", ModelText.Format(models[k]));
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Reads a rung.</summary>
    /// <param name="wanted">Which.</param>
    /// <param name="command">What makes it, for the complaint.</param>
    /// <exception cref="DataException">It is not there, or was made with other settings or from other data.</exception>
    public (RungHeader Header, IReadOnlyList<ModelFile> Models) Load(RungHeader wanted, string command)
    {
        string path = PathOf(wanted);
        if (!File.Exists(path)) throw new DataException($"Boards do not train, and '{wanted.Learner}' (seed {wanted.Seed}) on {wanted.Protocol} was not trained here yet: run '{command}' first.");
        using var archive = ZipFile.OpenRead(path);
        var header = ReadHeader(archive);
        if (header is null || !header.IsSame(wanted)) throw new DataException($"'{wanted.Learner}' (seed {wanted.Seed}) on {wanted.Protocol} was trained with other settings or from other data: run '{command}' again.");
        List<ModelFile> models = [];
        for (int k = 0; archive.GetEntry($"{k}.json") is { } entry; k++)
        {
            using var stream = entry.Open();
            using MemoryStream bytes = new();
            stream.CopyTo(bytes);
            models.Add(ModelText.Parse(bytes.ToArray(), $"{Path.GetFileName(path)}, {entry.Name}"));
        }

        return (header, models);
    }

    string PathOf(RungHeader rung)
    {
        string slug = string.Concat(rung.Learner.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
        return Path.Combine(folder, rung.Protocol, $"{slug}-{rung.Seed}.zip");
    }

    static RungHeader? ReadHeader(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return ReadHeader(archive);
        }
        catch (InvalidDataException)
        {
            return null; // cut off: trained again
        }
    }

    static RungHeader? ReadHeader(ZipArchive archive)
    {
        if (archive.GetEntry(Head) is not { } entry) return null;
        using var stream = entry.Open();
        return JsonSerializer.Deserialize<RungHeader>(stream);
    }

    static void Write(ZipArchive archive, string name, string text)
    {
        using var stream = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
