using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AiBms.Cli.Shell;

/// <summary>The help of System.CommandLine, then the verb's examples.</summary>
sealed class HelpWithExamples : SynchronousCommandLineAction
{
    const int Columns = 110;
    readonly HelpAction _help;

    public HelpWithExamples(HelpAction help)
    {
        _help = help;
        // A fixed width: the same help in a terminal, a file and the reference.
        _help.MaxWidth = Columns;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var invocation = parseResult.InvocationConfiguration;
        var output = invocation.Output;
        using var text = new StringWriter();
        invocation.Output = text;
        _help.Invoke(parseResult);
        invocation.Output = output;
        // The help names the running file ("testhost", "dotnet"); the user knows it as aibms.
        output.Write(text.ToString().Replace($"  {RootCommand.ExecutableName} ", "  aibms ", StringComparison.Ordinal));
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            output.WriteLine("Examples:");
            foreach (string example in verb.Examples) output.WriteLine($"  aibms {example}");
            output.WriteLine();
        }

        return ExitCode.Ok;
    }
}
