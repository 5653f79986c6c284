using System.Diagnostics;
using AiBms.Trials.Server;

namespace AiBms.Trials.House;

/// <summary>The image as its Dockerfile says, built and started without a Docker daemon: by buildah, on a Debian of debootstrap in place of the registry's, on this machine's network.</summary>
/// <remarks>Not shown: the registry's own base image, a network and a read-only file system of its own, and the compose file with a daemon.</remarks>
public sealed class DockerTrials(ITestOutputHelper output) : IDisposable
{
    const string Base = "docker.io/library/debian:trixie-slim", Image = "localhost/aibms-trial";

    static readonly string[] s_tools = ["/usr/bin/buildah", "/usr/sbin/debootstrap", "/usr/bin/docker-compose"];

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-image-").FullName;

    public void Dispose() => Run("rm", "-rf", _folder);

    [Fact]
    [Trait("Long", "docker")]
    public async Task TheImageIsBuiltAndServes()
    {
        var stop = TestContext.Current.CancellationToken;
        Assert.SkipUnless(Environment.UserName == "root" && Array.TrueForAll(s_tools, File.Exists), $"skipped: needs root and {string.Join(", ", s_tools)}");
        // The clone as it is committed, with what is published in it.
        string clone = Path.Combine(_folder, "clone"), system = Path.Combine(_folder, "system");
        Run("git", "clone", "-q", Clone.Root, clone);
        File.WriteAllText(Path.Combine(clone, "deploy/docker/.env"), "AIBMS_NAME=bms.example\nSTORE_PASSWORD=secret\n");
        Run("docker-compose", "-f", Path.Combine(clone, "deploy/docker/compose.yaml"), "--project-directory", Path.Combine(clone, "deploy/docker"), "config", "-q");
        Run("dotnet", "publish", Path.Combine(clone, "src/AiBms.Server"), "-c", "Release", "-r", "linux-x64", "--self-contained", "-o", Path.Combine(clone, "deploy/docker/server"), "--disable-build-servers", "--nologo", "-v", "quiet");
        Run("debootstrap", "--variant=minbase", "trixie", system, Mirror());
        Run("tar", "-C", system, "-cf", system + ".tar", ".");
        string made = Buildah("from", "scratch");
        Buildah("add", "-q", made, system + ".tar", "/");
        Buildah("commit", "-q", made, Base);
        Buildah("bud", "-q", "--pull-never", "--isolation", "chroot", "-t", Image, "-f", Path.Combine(clone, "deploy/docker/Dockerfile"), clone);

        string container = Buildah("from", "--pull-never", Image);
        int port = RunningServer.FreePort(), httpsPort = RunningServer.FreePort();
        string[] ports = ["--port", RunningServer.Text(port), "--https-port", RunningServer.Text(httpsPort), "--mqtts-port", RunningServer.Text(RunningServer.FreePort())];
        ProcessStartInfo start = new("buildah", [.. Places, "run", "--isolation", "chroot", container, "--", "/opt/aibms/aibms-server", "serve", "--folder", "/var/lib/aibms", "--tls", "localhost", .. ports]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var server = Process.Start(start)!;
        Assert.Contains("'admin' with ", await server.StandardOutput.ReadLineAsync(stop), StringComparison.Ordinal);
        Assert.Contains("ready", await server.StandardOutput.ReadLineAsync(stop), StringComparison.Ordinal);
        // The health check as it stands in the file, but for the port.
        string check = File.ReadLines(Path.Combine(clone, "deploy/docker/Dockerfile")).Single(l => l.StartsWith("HEALTHCHECK", StringComparison.Ordinal)).Split("CMD ")[1];
        string[] words = System.Text.Json.JsonSerializer.Deserialize<string[]>(check.Replace("127.0.0.1/5080", $"127.0.0.1/{RunningServer.Text(port)}", StringComparison.Ordinal))!;
        Buildah(["run", "--isolation", "chroot", container, "--", .. words]);
        Assert.Equal("aibms", Buildah("run", "--isolation", "chroot", container, "--", "id", "-un"));
        Assert.Equal("700 aibms", Buildah("run", "--isolation", "chroot", container, "--", "stat", "-c", "%a %U", "/var/lib/aibms"));
        using HttpClient client = new(new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        Assert.Equal("alive", await client.GetStringAsync(new Uri($"https://localhost:{RunningServer.Text(httpsPort)}/alive"), stop));
        Run("kill", "-TERM", Own(port));
        await server.WaitForExitAsync(stop);
        Assert.Equal(0, server.ExitCode);
        output.WriteLine(Buildah("images", "--format", "{{.Name}} {{.Size}}"));
    }

    /// <summary>Where this machine gets its own Debian from.</summary>
    static string Mirror() => ((string[])["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"]).Where(File.Exists).SelectMany(File.ReadLines).Where(l => !l.StartsWith('#'))
        .SelectMany(l => l.Split(' ')).First(w => w.Contains("://", StringComparison.Ordinal) && w.TrimEnd('/').EndsWith("/debian", StringComparison.Ordinal));

    /// <summary>The process in the container: the one that was started with this port.</summary>
    static string Own(int port) => Directory.GetDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0]) && File.Exists(p + "/cmdline")).Select(p => (Id: Path.GetFileName(p), Line: File.ReadAllText(p + "/cmdline")))
        .Single(p => p.Line.StartsWith("/opt/aibms/aibms-server\0", StringComparison.Ordinal) && p.Line.Contains($"--port\0{RunningServer.Text(port)}\0", StringComparison.Ordinal)).Id;

    string[] Places => ["--storage-driver", "vfs", "--root", Path.Combine(_folder, "store"), "--runroot", Path.Combine(_folder, "run")];

    string Buildah(params string[] words) => Run(["buildah", .. Places, .. words]);

    static string Run(params string[] line)
    {
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', line)}: {said}{error.Result}");
        return said.Trim();
    }
}
