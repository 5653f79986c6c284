namespace AiBms.Cli.Shell;

/// <summary>What is being worked on, a line each on stderr.</summary>
sealed class Telling(Talk talk, string before = "") : IProgress<string>
{
    public void Report(string value) => talk.Say($"{before}{value} …");
}
