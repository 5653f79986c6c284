using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AiBms.Server;

/// <summary>The help of System.CommandLine under the name that users know, then the verb's examples.</summary>
sealed class ServerHelp(HelpAction help) : SynchronousCommandLineAction
{
    const int Columns = 110;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var invocation = parseResult.InvocationConfiguration;
        var output = invocation.Output;
        using var text = new StringWriter();
        (help.MaxWidth, invocation.Output) = (Columns, text);
        help.Invoke(parseResult);
        invocation.Output = output;
        output.Write(text.ToString().Replace($"  {RootCommand.ExecutableName} ", "  aibms ", StringComparison.Ordinal));
        if (parseResult.CommandResult.Command is not ServerVerb verb) return 0;
        output.WriteLine("Examples:");
        foreach (string example in verb.Examples) output.WriteLine($"  aibms {example}");
        return 0;
    }
}
