using System.CommandLine.Parsing;
using System.Text;
using AiBms.Tests.House;

namespace AiBms.Tests.Cli;

/// <summary>Whole command runs against transcripts: "$ aibms …", then stdout as "1| ", stderr as "2| " and the exit code.</summary>
/// <remarks>After a wanted change run the tests once with AIBMS_REWRITE=1 and read the difference before committing it.</remarks>
public class TranscriptTests
{
    const string Folder = "tests/AiBms.Tests/Cli/Transcripts", Prompt = "$ aibms ";

    // Paths in transcripts begin at the top of the repository.
    static TranscriptTests() => Directory.SetCurrentDirectory(Repo.At("."));

    public static TheoryData<string> Transcripts() => [.. Repo.Files(Folder, "*.txt")];

    [Theory]
    [MemberData(nameof(Transcripts))]
    public void RunsAsWritten(string path)
    {
        string written = File.ReadAllText(Repo.At(path));
        string[] commands = [.. written.Split('\n').Where(l => l.StartsWith(Prompt, StringComparison.Ordinal))];
        Assert.NotEmpty(commands);
        string ran = string.Join("\n", commands.Select(Run));
        if (Environment.GetEnvironmentVariable("AIBMS_REWRITE") == "1") File.WriteAllText(Repo.At(path), ran);
        else Assert.Equal(written, ran);
    }

    static string Run(string command)
    {
        var (code, output, error) = CliRun.Of([.. CommandLineParser.SplitCommandLine(command[Prompt.Length..])]);
        var text = new StringBuilder().Append(command).Append('\n');
        foreach (string line in output.TrimEnd('\n').Split('\n').Where(_ => output.Length > 0)) text.Append($"1| {line}".TrimEnd()).Append('\n');
        foreach (string line in error.TrimEnd('\n').Split('\n').Where(_ => error.Length > 0)) text.Append($"2| {line}".TrimEnd()).Append('\n');
        return text.Append($"exit {code}\n").ToString();
    }
}
