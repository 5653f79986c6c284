using System.CommandLine;
using System.CommandLine.Help;

namespace AiBms.Cli.Shell;

/// <summary>Parses and runs one command line.</summary>
static class CommandLine
{
    /// <summary>The whole tree: the options every verb has, then the verbs.</summary>
    /// <param name="extras">What the program adds; null for nothing.</param>
    public static RootCommand Root(Extras? extras = null)
    {
        var root = new RootCommand("AiBms: what a battery pack measures, turned into what its owner needs to know. Live packs: aibms demo, aibms serve.");
        foreach (var option in GlobalOptions.Create()) root.Options.Add(option);
        foreach (var verb in Verbs.All(extras)) root.Subcommands.Add(verb);
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
            foreach (string dosForm in (string[])["/h", "/?"]) help.Aliases.Remove(dosForm); // paths begin with '/'
        }

        return root;
    }

    /// <summary>Runs; the only place where exceptions become exit codes.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="talk">What the verb speaks through.</param>
    /// <param name="extras">What the program adds; null for nothing.</param>
    public static int Run(string[] args, Talk talk, Extras? extras = null)
    {
        try
        {
            var root = Root(extras);
            var parsed = root.Parse(args, Grammar);
            // Directives ("[suggest:12]") and --help carry errors that do not matter.
            bool answersItself = parsed.Action is not null && parsed.Action is not System.CommandLine.Invocation.ParseErrorAction;
            if (args.Length == 0) return NothingAsked(root, talk);
            if (parsed.Errors.Count > 0 && !answersItself) throw new UsageException(UsageAdvice.For(parsed));
            talk.Listen(parsed);
            return parsed.Invoke(new Invocation(talk));
        }
        catch (Exception problem)
        {
            int code = ExitCode.Of(problem);
            talk.Say(code == ExitCode.Fault ? $"aibms: a fault of the program, please report it: {problem}" : $"aibms: {problem.Message}");
            return code;
        }
        finally
        {
            talk.Data.Flush();
        }
    }

    /// <summary>The talk of a running verb.</summary>
    public static Talk TalkOf(ParseResult parsed) => ((Invocation)parsed.InvocationConfiguration).Talk;

    // A file name may begin with '@': no response files.
    static ParserConfiguration Grammar => new() { ResponseFileTokenReplacer = null, EnablePosixBundling = false };

    static int NothingAsked(RootCommand root, Talk talk)
    {
        root.Parse(["--help"], Grammar).Invoke(new() { Output = talk.Error, Error = talk.Error });
        return ExitCode.Usage;
    }

    sealed class Invocation : InvocationConfiguration
    {
        public Invocation(Talk talk)
        {
            (Talk, Output, Error) = (talk, talk.Data, talk.Error);
            (EnableDefaultExceptionHandler, ProcessTerminationTimeout) = (false, null);
        }

        public Talk Talk { get; }
    }
}
