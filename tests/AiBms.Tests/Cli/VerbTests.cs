using System.CommandLine;
using System.CommandLine.Parsing;
using AiBms.Cli;
using AiBms.Cli.Shell;

namespace AiBms.Tests.Cli;

public class VerbTests
{
    public static TheoryData<string> Names() => [.. Leaves(Verbs.All()).Select(v => v.Path)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryVerbHasExamplesThatParse(string path)
    {
        var verb = Leaves(Verbs.All()).Single(v => v.Path == path).Verb;
        Assert.NotEmpty(verb.Examples);
        foreach (string example in verb.Examples)
        {
            // What follows a pipe or a redirection belongs to the shell.
            string ours = example.Split([" | ", " > ", " && "], StringSplitOptions.None)[0];
            Assert.StartsWith(path, ours, StringComparison.Ordinal);
            Assert.Empty(CommandLine.Root().Parse(ours).Errors);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryVerbAndItsOptionsAreDescribed(string path)
    {
        var verb = Leaves(Verbs.All()).Single(v => v.Path == path).Verb;
        Assert.EndsWith(".", verb.Description, StringComparison.Ordinal);
        Assert.All(verb.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
        Assert.All(verb.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), argument.Name));
    }

    [Fact]
    public void NothingAskedShowsHelpOnStderr()
    {
        var (code, output, error) = CliRun.Of();
        Assert.Equal(ExitCode.Usage, code);
        Assert.Empty(output);
        Assert.Contains("infer", error, StringComparison.Ordinal);
    }

    [Fact]
    public void HelpShowsTheExamples()
    {
        var (code, output, _) = CliRun.Of("completion", "--help");
        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("Examples:\n  aibms completion bash", output, StringComparison.Ordinal);
    }

    static IEnumerable<(string Path, Verb Verb)> Leaves(IEnumerable<Command> commands, string prefix = "")
    {
        foreach (var command in commands)
        {
            if (command.Subcommands.Count == 0) yield return (prefix + command.Name, Assert.IsType<Verb>(command));
            foreach (var leaf in Leaves(command.Subcommands, prefix + command.Name + " ")) yield return leaf;
        }
    }

    [Theory]
    [InlineData("export", "--target", "c99", "--out", "never")]
    [InlineData("simulate", "--out", "never.csv")]
    public void APackThatIsNotThereIsOneSentence(params string[] verb)
    {
        var (code, _, error) = CliRun.Of([.. verb, "--pack", "nope"]);
        Assert.Equal(ExitCode.Data, code);
        Assert.StartsWith("aibms: No pack is called 'nope'. Known: ev_96s2p_immersion", error, StringComparison.Ordinal);
    }
}
