using System.Globalization;
using System.Text;

namespace AiBms.Generate;

/// <summary>Writes the catalogue as the documentation's page.</summary>
public static class FaultMarkdown
{
    /// <summary>The page, one row per fault.</summary>
    public static string Page(IReadOnlyList<FaultEntry> faults)
    {
        var text = new StringBuilder($"<!-- Made from {FaultFiles.Source} by `{FaultFiles.Command}`: edit that file, not this one. -->\n")
            .Append("# Fault catalogue\n\nWhat the protection can report, what it does, and what to do. `{where}` is a cell or probe number counted from 0; ")
            .Append("a *latched* fault stays until an authorised service resets it. How the protection works: [guide](../guide/safety.md).\n\n")
            .Append("| code | name | level | reaction | latched | unit | text | what to do |\n|---|---|---|---|---|---|---|---|\n");
        foreach (var fault in faults)
            text.Append(CultureInfo.InvariantCulture, $"| {fault.Code} | {fault.Id} | {fault.Level} | {fault.Reaction} | {(fault.Latched ? "yes" : "no")} | {fault.Unit} | {Cell(fault.Text)} | {Cell(fault.Advice)} |\n");
        return text.ToString();
    }

    static string Cell(string value) => value.Replace("|", "\\|", StringComparison.Ordinal);
}
