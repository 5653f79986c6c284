using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AiBms.Tests.House;

/// <summary>Checks project files and source lines against <see cref="LayerTable"/>. Returns what is wrong, in words.</summary>
static partial class LayerRule
{
    [GeneratedRegex(@"\bAiBms\.([A-Z]\w*)(?:\.([A-Z]\w*))?")]
    private static partial Regex Mention { get; }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace { get; }

    /// <summary>Project and package references of one project file.</summary>
    public static IEnumerable<string> CheckProject(string project, string xml)
    {
        if (!LayerTable.Projects.TryGetValue(project, out string[]? allowed))
        {
            yield return $"AiBms.{project} is not in the layer table";
            yield break;
        }

        var references = XDocument.Parse(xml).Descendants().ToLookup(e => e.Name.LocalName, e => (string?)e.Attribute("Include") ?? "");
        foreach (string path in references["ProjectReference"])
        {
            string used = Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))["AiBms.".Length..];
            if (!allowed.Contains(used)) yield return $"AiBms.{project} must not reference AiBms.{used}";
        }

        foreach (string package in references["PackageReference"])
        {
            if (LayerTable.WithoutPackages.Contains(project)) yield return $"AiBms.{project} uses no package, but references {package}";
            if (LayerTable.PackageOwners.TryGetValue(package, out string? owner) && owner != project) yield return $"only AiBms.{owner} may reference {package}";
        }
    }

    /// <summary>The namespaces that a source file names, in usings or in full, and whether its own follows its folder.</summary>
    /// <param name="path">Such as src/AiBms.Battery/Cells/CellType.cs.</param>
    /// <param name="source">The file's text.</param>
    public static IEnumerable<string> CheckSource(string path, string source)
    {
        string[] parts = path.Split('/')[1..^1];
        string project = parts[0]["AiBms.".Length..];
        string folder = parts.Length > 1 ? parts[1] : "";
        var usable = Closure(project);
        foreach (string line in source.Split('\n').Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal)))
        {
            foreach (Match mention in Mention.Matches(line))
            {
                string used = mention.Groups[1].Value, usedFolder = mention.Groups[2].Value;
                if (LayerTable.Projects.ContainsKey(used) && used != project && !usable.Contains(used)) yield return $"{path} must not use AiBms.{used}: {line.Trim()}";
                if (project == "Battery" && used == "Battery" && !MayUse(folder, usedFolder)) yield return $"{path} is left of {usedFolder}: {line.Trim()}";
            }
        }

        string expected = string.Join('.', parts);
        if (Namespace.Match(source) is { Success: true } own && own.Groups[1].Value != expected) yield return $"{path} should be in namespace {expected}";
        if (project == "Battery" && folder.Length > 0 && !LayerTable.BatteryFolders.Contains(folder)) yield return $"folder {folder} of AiBms.Battery is not in the layer table";
    }

    static bool MayUse(string folder, string used)
    {
        int of(string name) => LayerTable.BatteryFolders.ToList().IndexOf(name);
        return of(used) <= of(folder);
    }

    static HashSet<string> Closure(string project)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(LayerTable.Projects.GetValueOrDefault(project, []));
        while (open.TryPop(out string? next))
            if (reached.Add(next)) foreach (string further in LayerTable.Projects[next]) open.Push(further);
        return reached;
    }
}
