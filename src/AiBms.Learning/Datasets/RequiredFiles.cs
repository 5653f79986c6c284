using System.IO.Compression;
using System.Text.RegularExpressions;

namespace AiBms.Learning.Datasets;

/// <summary>Files that a laid-out set has: how they are called, how many there are at least, and what their headers name.</summary>
/// <param name="Pattern">Regular expression over the whole path below the set's folder.</param>
/// <param name="AtLeast">How many match at least.</param>
/// <param name="Columns">Words that stand in the first lines of every one.</param>
sealed record RequiredFiles(string Pattern, int AtLeast, params string[] Columns)
{
    const int HeaderLines = 60;
    readonly Regex _pattern = new($"^{Pattern}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The path is one of these files.</summary>
    public bool Matches(string path) => _pattern.IsMatch(path);

    /// <summary>What is missing from a laid-out folder, in words; null when nothing is.</summary>
    public string? Fault(string folder)
    {
        string[] found = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Where(Matches).Order(StringComparer.Ordinal)];
        if (found.Length < AtLeast) return $"it has {found.Length} of at least {AtLeast} files like {Pattern.Replace(@"(\.gz)?", "", StringComparison.Ordinal).Replace(@"\.", ".", StringComparison.Ordinal)}";
        foreach (string path in found)
        {
            string head = Head(Path.Combine(folder, path));
            if (head.Length == 0) return $"{path} is empty";
            foreach (string column in Columns)
                if (!head.Contains(column, StringComparison.OrdinalIgnoreCase)) return $"{path} has no column {column}";
        }

        return null;
    }

    static string Head(string path)
    {
        using Stream file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        var lines = new List<string>();
        while (lines.Count < HeaderLines && reader.ReadLine() is { } line) lines.Add(line);
        return string.Join('\n', lines);
    }
}
