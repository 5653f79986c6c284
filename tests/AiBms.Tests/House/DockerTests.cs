using System.Text.Json;
using System.Text.RegularExpressions;
using AiBms.Server;

namespace AiBms.Tests.House;

/// <summary>What the Docker files name is there: folders, ports, the program, and verbs with options that it knows.</summary>
public sealed partial class DockerTests
{
    const string Folder = "deploy/docker/", Published = Folder + "server";

    static readonly string[] s_lines = [.. Repo.Read(Folder + "Dockerfile").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Where(l => l.Length > 0 && l[0] != '#')];
    static readonly string s_compose = Repo.Read(Folder + "compose.yaml");

    [Fact]
    public void WhatIsCopiedIsThere()
    {
        string[] copied = [.. Of("COPY").Select(l => l.Split(' ')[0])];
        Assert.Contains(Published, copied);
        foreach (string folder in copied.Where(c => c != Published)) Assert.True(Directory.Exists(Repo.At(folder)), $"{folder} is not there");
        // What is published is no part of the project.
        Assert.Contains(Published + "/", Repo.Read(".gitignore").Split('\n'));
    }

    [Fact]
    public void TheProgramIsTheServers()
    {
        string name = Regex.Match(Repo.Read("src/AiBms.Server/AiBms.Server.csproj"), "<AssemblyName>(.+)</AssemblyName>").Groups[1].Value;
        Assert.Equal(["/opt/aibms/" + name], Words(Of("ENTRYPOINT").Single()));
        Assert.Equal("serve", Words(Of("CMD").Single())[0]);
    }

    [Fact]
    public void CommandsAreUnderstood()
    {
        string[][] commands = [Words(Of("CMD").Single()), Words(ComposeCommand().Match(s_compose).Groups[1].Value)];
        foreach (string[] command in commands)
        {
            var parsed = ServerCommand.Create().Parse([.. command.Select(w => w.StartsWith("${", StringComparison.Ordinal) ? "bms.example" : w)]);
            Assert.Empty(parsed.Errors);
            Assert.Contains("/var/lib/aibms", command);
        }
    }

    [Fact]
    public void PortsAndFoldersAreThoseOfTheServer()
    {
        ServerOptions usual = new() { Folder = "" };
        Assert.Equal($"{usual.HttpsPort} {usual.MqttsPort}", Of("EXPOSE").Single());
        foreach (int port in (int[])[usual.HttpsPort, usual.MqttsPort]) Assert.Contains($"\"{port}:{port}\"", s_compose, StringComparison.Ordinal);
        Assert.Equal("/var/lib/aibms", Of("VOLUME").Single());
        Assert.Contains("server:/var/lib/aibms", s_compose, StringComparison.Ordinal);
        Assert.Contains($"/dev/tcp/127.0.0.1/{usual.Port}", Of("HEALTHCHECK").Single(), StringComparison.Ordinal);
        Assert.Contains("dockerfile: " + Folder + "Dockerfile", s_compose, StringComparison.Ordinal);
    }

    /// <summary>Nobody runs as root, and no password stands in a file.</summary>
    [Fact]
    public void NothingMoreIsAllowedThanIsNeeded()
    {
        Assert.Equal("aibms", Of("USER").Single());
        foreach (string rule in (string[])["read_only: true", "cap_drop: [\"ALL\"]", "no-new-privileges:true"]) Assert.Contains(rule, s_compose, StringComparison.Ordinal);
        Assert.All(s_compose.Split('\n').Where(l => l.Contains("PASSWORD:", StringComparison.Ordinal)), l => Assert.Contains("${STORE_PASSWORD:?", l, StringComparison.Ordinal));
    }

    static IEnumerable<string> Of(string word) => s_lines.Where(l => l.StartsWith(word + " ", StringComparison.Ordinal)).Select(l => l[(word.Length + 1)..].Trim());

    static string[] Words(string json) => JsonSerializer.Deserialize<string[]>(json)!;

    [GeneratedRegex(@"command: (\[""serve"".+\])")]
    private static partial Regex ComposeCommand();
}
