using System.Text.RegularExpressions;

namespace AiBms.Tests.House;

/// <summary>What a file may not be or say. Each check returns complaints, in words.</summary>
static partial class FileRule
{
    /// <summary>No file is longer without a reason in its first comment.</summary>
    public const int LongestLines = 400;

    /// <summary>Half of the files are shorter.</summary>
    public const int MedianLines = 100;

    // Folders of one machine or one person. Temporary files go where Path.GetTempPath or mktemp says.
    [GeneratedRegex(@"(?<![\w.*)}/-])/(?:work|home|root|Users|tmp)/[\w.-]|[A-Z]:\\Users")]
    private static partial Regex MachinePath { get; }

    // Where packages come from is the machine's setting, never the project's.
    [GeneratedRegex(@"\b(?:[\w-]+\.)*(?:nuget\.org|npmjs\.(?:org|com)|pypi\.org|pythonhosted\.org|deb\.debian\.org|crates\.io|proxy\.golang\.org)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PackageHost { get; }

    [GeneratedRegex(@"\b(?:TODO|FIXME|XXX|HACK|TBD)\b|\bNotImplementedException\b|\bNotSupportedException\(\)")]
    private static partial Regex Unfinished { get; }

    [GeneratedRegex(@"^(?:<{7}|>{7})(?: |$)")]
    private static partial Regex Conflict { get; }

    [GeneratedRegex(@"^public .*?\b(?:class|record struct|record|struct|interface|enum|delegate [\w<>]+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType { get; }

    public static IEnumerable<string> MachinePaths(string path, string text) => Lines(MachinePath, path, text, "names a folder of one machine");

    public static IEnumerable<string> PackageHosts(string path, string text) => Lines(PackageHost, path, text, "names a package host");

    public static IEnumerable<string> UnfinishedMarkers(string path, string text) => Lines(Unfinished, path, text, "is unfinished");

    public static IEnumerable<string> Conflicts(string path, string text) => Lines(Conflict, path, text, "holds both sides of a merge");

    /// <summary>A long file says why in a comment on its first line: "// Long because ...".</summary>
    public static IEnumerable<string> TooLong(string path, string text)
    {
        int lines = LineCount(text);
        bool hasReason = Regex.IsMatch(text.Split('\n')[0], @"^(?://|/\*|#|<!--)\s*Long because \w+", RegexOptions.None, TimeSpan.FromSeconds(1));
        if (lines > LongestLines && !hasReason) yield return $"{path} has {lines} lines: split it, or begin it with '// Long because ...'";
    }

    /// <summary>One public type a file, and the file has its name.</summary>
    public static IEnumerable<string> PublicTypes(string path, string text)
    {
        string[] types = [.. PublicType.Matches(text).Select(m => m.Groups[1].Value)];
        string name = Path.GetFileNameWithoutExtension(path).Split('.')[0];
        if (types.Length > 1) yield return $"{path} has {types.Length} public types: {string.Join(", ", types)}";
        if (types.Length == 1 && types[0] != name) yield return $"{path} holds {types[0]}";
    }

    /// <summary>The median of line counts, the lower one of two.</summary>
    public static int Median(IEnumerable<int> lineCounts)
    {
        int[] sorted = [.. lineCounts.Order()];
        return sorted[(sorted.Length - 1) / 2];
    }

    /// <summary>Lines of a text; a last line without its line feed counts.</summary>
    public static int LineCount(string text) => text.Length == 0 ? 0 : text.Count(c => c == '\n') + (text.EndsWith('\n') ? 0 : 1);

    static IEnumerable<string> Lines(Regex pattern, string path, string text, string complaint)
    {
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (pattern.IsMatch(line)) yield return $"{path}:{number} {complaint}: {line.Trim()}";
        }
    }
}
