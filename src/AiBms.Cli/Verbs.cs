using System.CommandLine;
using AiBms.Cli.Commands;
using AiBms.Telemetry;

namespace AiBms.Cli;

/// <summary>Every verb, one line each. A verb is a file in Commands.</summary>
public static class Verbs
{
    static RootCommand Root() => new("AiBms: what a battery pack measures, turned into what its owner needs to know.")
    {
        InferCommand.Create(),
    };

    /// <summary>Parses and runs a command line; the only place where exceptions become exit codes.</summary>
    public static int Run(string[] args)
    {
        try
        {
            var parsed = Root().Parse(args);
            int code = parsed.Invoke(new() { EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
        }
        catch (DataException problem)
        {
            Console.Error.WriteLine($"aibms: {problem.Message}");
            return ExitCode.Data;
        }
    }
}
