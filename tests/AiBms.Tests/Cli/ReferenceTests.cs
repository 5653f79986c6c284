using System.CommandLine;
using System.Text;
using AiBms.Cli.Shell;
using AiBms.Tests.House;

namespace AiBms.Tests.Cli;

/// <summary>The reference of the command line is its help, verb by verb.</summary>
public class ReferenceTests
{
    const string Path = "docs/reference/cli.md";

    [Fact]
    public void TheReferenceIsTheHelpOfToday()
    {
        var text = new StringBuilder("""
            # Command line

            Written from the program itself; a test compares it. `demo`, `serve` and `audit` are verbs of the server, another program: `./aibms demo --help` and so on. Every verb takes `--json` (one JSON document on stdout) and `--seed`. Data goes to stdout, everything else to stderr; progress shows on a terminal only; `NO_COLOR` is honoured.

            | exit code | meaning |
            |---|---|
            | 0 | done as asked |
            | 1 | a fault of the program |
            | 2 | the command line is wrong |
            | 3 | data cannot be read or used |
            | 4 | a cell or model is unknown, broken or does not fit |
            | 5 | a network or device failed |
            | 6 | refused for safety or trust |


            """);
        Describe(CommandLine.Root(), [], text);
        if (Environment.GetEnvironmentVariable("AIBMS_REWRITE") == "1") File.WriteAllText(Repo.At(Path), text.ToString());
        else Assert.True(Repo.Read(Path) == text.ToString(), $"{Path} is not current: run AIBMS_REWRITE=1 dotnet tests/AiBms.Tests/bin/Release/net10.0/AiBms.Tests.dll -class '*ReferenceTests'");
    }

    static void Describe(Command command, string[] path, StringBuilder text)
    {
        if (command.Subcommands.Count == 0)
        {
            var (_, help, _) = CliRun.Of([.. path, "--help"]);
            IEnumerable<string> lines = help.TrimEnd().Split('\n').Select(line => line.TrimEnd());
            text.Append($"## {string.Join(' ', path)}\n\n```\n{string.Join('\n', lines)}\n```\n\n");
        }

        foreach (var sub in command.Subcommands.OrderBy(sub => sub.Name, StringComparer.Ordinal)) Describe(sub, [.. path, sub.Name], text);
    }
}
