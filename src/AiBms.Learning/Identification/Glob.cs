using System.Text.RegularExpressions;

namespace AiBms.Learning.Identification;

/// <summary>File names with * ? and [..], part by part.</summary>
public static class Glob
{
    /// <summary>Files below a folder (or anywhere, for a rooted pattern) that a pattern matches, sorted by name.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        bool isRooted = Path.IsPathRooted(pattern);
        IEnumerable<string> found = [isRooted ? Path.GetPathRoot(pattern)! : folder];
        string[] parts = pattern.Split('/', isRooted ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None);
        for (int k = 0; k < parts.Length; k++)
        {
            string part = parts[k];
            bool last = k == parts.Length - 1;
            found = found.Where(Directory.Exists)
                .SelectMany(f => last ? Directory.GetFiles(f) : Directory.GetDirectories(f))
                .Where(f => Matches(Path.GetFileName(f), part));
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a name matches a pattern.</summary>
    public static bool Matches(string name, string pattern)
    {
        string regex = Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)
            .Replace("\\[", "[", StringComparison.Ordinal);
        return Regex.IsMatch(name, $"^{regex}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
