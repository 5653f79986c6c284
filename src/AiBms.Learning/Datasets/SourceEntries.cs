using System.Formats.Tar;
using System.IO.Compression;
using AiBms.Telemetry;

namespace AiBms.Learning.Datasets;

/// <summary>Walks what the user downloaded: a folder, a zip, a tar or a tar.gz. An entry that would land outside is refused.</summary>
static class SourceEntries
{
    /// <summary>Every file, one after the other.</summary>
    /// <exception cref="DataException">The source is missing, no archive, damaged, or has an entry that points outside or is a link.</exception>
    public static IEnumerable<SourceEntry> Of(string source)
    {
        if (Directory.Exists(source)) return Folder(source);
        if (!File.Exists(source)) throw new DataException($"{source} is neither a file nor a folder; give the publisher's archive, or the folder it was unpacked to.");
        return Guarded(source, IsZip(source) ? Zip(source) : Tar(source));
    }

    static IEnumerable<SourceEntry> Folder(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => new SourceEntry(Path.GetRelativePath(folder, file).Replace('\\', '/'), () => File.OpenRead(file)));

    static bool IsZip(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == 'P' && file.ReadByte() == 'K';
    }

    static IEnumerable<SourceEntry> Zip(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        foreach (var entry in archive.Entries.Where(entry => entry.Name.Length > 0))
            yield return new(Inside(entry.FullName, path), entry.Open);
    }

    static IEnumerable<SourceEntry> Tar(string path)
    {
        using var file = File.OpenRead(path);
        bool isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        using Stream plain = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var tar = new TarReader(plain);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                throw new DataException($"{path} holds the link {entry.Name}; an archive of measurements has none, so nothing of it was taken.");
            if (entry.DataStream is { } content) yield return new(Inside(entry.Name, path), () => content);
        }
    }

    /// <summary>The entry's path, when it stays inside.</summary>
    static string Inside(string name, string archive)
    {
        string path = name.Replace('\\', '/');
        bool leaves = path.StartsWith('/') || path.Contains(':', StringComparison.Ordinal) || path.Split('/').Contains("..", StringComparer.Ordinal);
        return leaves ? throw new DataException($"{archive} holds {name}, which would land outside its folder; nothing of it was taken.") : path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
    }

    /// <summary>The same entries, with a damaged archive told in a sentence.</summary>
    static IEnumerable<SourceEntry> Guarded(string path, IEnumerable<SourceEntry> entries)
    {
        using var walk = entries.GetEnumerator();
        while (true)
        {
            try
            {
                if (!walk.MoveNext()) yield break;
            }
            catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException or FormatException)
            {
                throw new DataException($"{path} is not a zip, tar or tar.gz archive, or it is damaged; download it again.", problem);
            }

            yield return walk.Current;
        }
    }
}
