using AiBms.Trials.Server;

namespace AiBms.Trials.House;

/// <summary>The README's commands and the launcher, in a fresh clone whose path has a space.</summary>
public class LauncherTrials
{
    [Fact]
    [Trait("Long", "fresh-clone")]
    public void TheCommandsOfTheReadmePass()
    {
        Assert.SkipWhen(Clone.Obstacle is not null, Clone.Obstacle ?? "");
        using var clone = new Clone();
        string[] commands = ReadmeCommands();
        Assert.Equal(["./aibms demo", "./test"], [commands[0], commands[^1]]);

        // The demo runs until it is asked to end: until it says that it is ready, and then cleanly.
        var (code, text) = clone.Shell($"./aibms demo --no-browser --port {RunningServer.Text(RunningServer.FreePort())} --mqtt-port {RunningServer.Text(RunningServer.FreePort())} > demo.txt 2>&1 & p=$!; for i in $(seq 300); do grep -q ready demo.txt && break; sleep 1; done; cat demo.txt; kill -TERM $p; wait $p");
        Assert.True(code == 0 && text.Contains("ready", StringComparison.Ordinal), text);
        foreach (string command in commands[1..])
        {
            (code, text) = clone.Shell(command);
            Assert.True(code == 0, $"{command}\n{text}");
        }
    }

    [Fact]
    public void BuildsOnceThenStartsAndBuildsAgainOnlyWhenTheSourceChanged()
    {
        Assert.SkipWhen(Clone.Obstacle is not null, Clone.Obstacle ?? "");
        using var clone = new Clone();

        // Two first uses at once, one of them a command of the README: one builds, both answer.
        var (code, text) = clone.Shell($"./aibms --version & {ReadmeCommands().Single(c => c.Contains(" infer ", StringComparison.Ordinal))} && wait && head -1 soc.csv");
        Assert.True(code == 0, text);
        Assert.Single(Builds(text));
        Assert.Contains("0.1.0", text, StringComparison.Ordinal);
        Assert.Contains("soc_low", text, StringComparison.Ordinal);

        // From another folder and through a link, without building.
        (code, text) = clone.Shell("mkdir -p elsewhere && cd elsewhere && ln -sf ../aibms link && ./link doctor");
        Assert.True(code == 0, text);
        Assert.Empty(Builds(text));
        Assert.Contains(clone.Folder, text, StringComparison.Ordinal);

        // Source that does not compile: a clear end, and nothing stale runs, not even the second time.
        (code, text) = clone.Shell("echo broken > src/AiBms.Cli/Broken.cs; ./aibms --version; echo first $?; ./aibms --version; echo second $?");
        Assert.Contains("first 1", text, StringComparison.Ordinal);
        Assert.Contains("second 1", text, StringComparison.Ordinal);
        Assert.Contains("aibms: the build failed, see above", text, StringComparison.Ordinal);
        Assert.DoesNotContain("0.1.0", text, StringComparison.Ordinal);

        // The file deleted: the sources are those of the first build again.
        (code, text) = clone.Shell("rm src/AiBms.Cli/Broken.cs; ./aibms --version");
        Assert.True(code == 0, text);
        Assert.Contains("0.1.0", text, StringComparison.Ordinal);
        Assert.Empty(Builds(text));

        // A deleted source file is a change too.
        (_, text) = clone.Shell("rm src/AiBms.Cli/ExitCode.cs; ./aibms --version");
        Assert.Single(Builds(text));
    }

    /// <summary>The first code block of the README.</summary>
    static string[] ReadmeCommands() => File.ReadAllText(Path.Combine(Clone.Root, "README.md")).Split("```")[1].Trim().Split('\n');

    static IEnumerable<string> Builds(string text) => text.Split('\n').Where(l => l.StartsWith("aibms: building", StringComparison.Ordinal));
}
