using System.CommandLine;

namespace AiBms.Cli.Shell;

/// <summary>A verb of the command line: a command with examples, run with a <see cref="Talk"/>.</summary>
/// <remarks>Examples are whole command lines without the leading "aibms"; help prints them, and a test parses every one.</remarks>
/// <param name="name">The word the user types.</param>
/// <param name="description">One sentence, shown in help.</param>
/// <param name="examples">At least one command line that works.</param>
sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Command lines that show the verb, without the leading "aibms".</summary>
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Sets what the verb does: returns an <see cref="ExitCode"/> or throws what <see cref="ExitCode.Of"/> knows.</summary>
    public Verb Does(Func<ParseResult, Talk, int> run)
    {
        SetAction(parsed => run(parsed, CommandLine.TalkOf(parsed)));
        return this;
    }
}
