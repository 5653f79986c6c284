using System.Text.RegularExpressions;

namespace AiBms.Learning.Datasets;

/// <summary>Where one kind of file of a publisher goes.</summary>
/// <param name="Source">Matches the end of a path inside the archive.</param>
/// <param name="Into">Replacement that gives the path below the set's folder.</param>
/// <param name="Form">What is done to the content.</param>
sealed record IntakeRule(string Source, string Into, IntakeForm Form)
{
    readonly Regex _source = new($"(?:^|/){Source}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    /// <summary>The path below the set's folder, or null when the rule does not apply.</summary>
    public string? Target(string path) => _source.Match(path) is { Success: true } match ? match.Result(Into).Replace(' ', '_') : null;
}
