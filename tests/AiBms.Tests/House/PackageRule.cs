using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AiBms.Tests.House;

/// <summary>Every package is pinned centrally and stands with its licence in the decisions.</summary>
static partial class PackageRule
{
    static readonly string[] Licences = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL"];

    [GeneratedRegex(@"^\| (?!package )([\w.-]+) \| [^|]+ \| ([\w.-]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row { get; }

    /// <summary>Compares the central versions with the table of packages.</summary>
    public static IEnumerable<string> Check(string propsXml, string decisions)
    {
        var pinned = XDocument.Parse(propsXml).Descendants("PackageVersion").Select(e => (string)e.Attribute("Include")!).ToHashSet(StringComparer.Ordinal);
        var listed = Row.Matches(decisions).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value, StringComparer.Ordinal);
        foreach (string package in pinned.Except(listed.Keys)) yield return $"{package} has no row with role and licence";
        foreach (string package in listed.Keys.Except(pinned)) yield return $"{package} is listed but not used";
        foreach (var (package, licence) in listed.Where(p => !Licences.Contains(p.Value))) yield return $"{package}: {licence} is not a licence we take";
    }
}
