using System.CommandLine;
using AiBms.Numerics;

namespace AiBms.Cli.Shell;

/// <summary>Turns what the parser found wrong into one sentence, with the word that was probably meant.</summary>
static class UsageAdvice
{
    /// <summary>One sentence for a command line with errors.</summary>
    public static string For(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        string path = Path(parsed);
        string help = $"see '{path} --help'";
        if (parsed.UnmatchedTokens.Count > 0)
        {
            string word = parsed.UnmatchedTokens[0];
            string? meant = Nearest.To(word, Candidates(parsed, word));
            string kind = word.StartsWith('-') ? "an option" : command.Subcommands.Count > 0 ? "a verb" : "an argument";
            return meant is null ? $"'{word}' is not {kind} of '{path}', {help}." : $"'{word}' is not known, did you mean '{meant}'?";
        }

        if (command.Subcommands.Count > 0 && command.Action is null) return $"'{path}' needs a verb: {string.Join(", ", command.Subcommands.Select(s => s.Name))}.";
        return $"{Plain(parsed.Errors[0].Message)}, {help}.";
    }

    static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
            names.Add(result.Command is RootCommand ? "aibms" : result.Command.Name);
        names.Reverse();
        return string.Join(' ', names);
    }

    static IEnumerable<string> Candidates(ParseResult parsed, string word)
    {
        var command = parsed.CommandResult.Command;
        if (!word.StartsWith('-')) return command.Subcommands.SelectMany(s => (string[])[s.Name, .. s.Aliases]);
        return command.Options.Concat(parsed.RootCommandResult.Command.Options).SelectMany(o => (string[])[o.Name, .. o.Aliases]);
    }

    /// <summary>The parser's words on one line, without .NET type names and the full stop.</summary>
    static string Plain(string message) => message
        .Replace(":\n\t", ": ", StringComparison.Ordinal)
        .Replace("\n\t", ", ", StringComparison.Ordinal)
        .Replace("as expected type 'System.Int32'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Double'", "as a number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Nullable`1[System.Int32]'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Nullable`1[System.Double]'", "as a number", StringComparison.Ordinal)
        .TrimEnd('.', ' ');
}
