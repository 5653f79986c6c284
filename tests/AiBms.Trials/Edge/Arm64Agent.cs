using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>The gateway's program, published once for linux-arm64 where the tools are there.</summary>
public sealed class Arm64Agent : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-arm64-").FullName;
    bool _isPublished;

    /// <summary>The program.</summary>
    public string Program => Path.Combine(_folder, "aibms-edge");

    /// <summary>Its size.</summary>
    public long Bytes => new FileInfo(Program).Length;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Publishes it, without a warning, or skips and says what is missing.</summary>
    public void Need()
    {
        Tools.Need("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu libc6-dev-arm64-cross");
        Tools.Need("qemu-aarch64-static", "qemu-user-static");
        Tools.Need("ld.lld", "lld");
        if (_isPublished) return;
        var (code, text, error) = Clone.Run(Clone.Root, "dotnet", "publish", "src/AiBms.Edge", "-c", "Release", "-r", "linux-arm64", "-p:PublishAot=true", "-p:TreatWarningsAsErrors=true",
            "-p:LinkerFlavor=lld", "-p:ObjCopyName=aarch64-linux-gnu-objcopy", "-o", _folder, "--artifacts-path", Path.Combine(_folder, "build"), "--disable-build-servers", "--nologo", "-v", "quiet");
        Assert.True(code == 0, text + error);
        _isPublished = true;
    }

    /// <summary>Fetches Debian's libssl3 for arm64 by apt, with lists of its own so that nothing of this machine is changed; the folder that has libssl.so.3.</summary>
    public static string Libssl(string folder)
    {
        Tools.Need("apt-get", "apt");
        foreach (string own in (string[])["state/lists/partial", "cache/archives/partial"]) Directory.CreateDirectory(Path.Combine(folder, own));
        string[] options = ["-qq", "-o", $"Dir::State={folder}/state", "-o", "Dir::State::status=/dev/null", "-o", $"Dir::Cache={folder}/cache", "-o", "APT::Architecture=arm64", "-o", "APT::Architectures=arm64", "-o", $"APT::Sandbox::User={Environment.UserName}"];
        Clone.Run(folder, "timeout", ["120", "apt-get", .. options, "update"]);
        string said = Clone.Run(folder, "timeout", ["120", "apt-get", .. options, "download", "libssl3"]).Error;
        string? package = Directory.GetFiles(folder, "libssl3*.deb").FirstOrDefault();
        Assert.SkipWhen(package is null, $"skipped: apt has no libssl3 of arm64 here ({said.Trim()})");
        Assert.Equal(0, Clone.Run(folder, "dpkg-deb", "-x", package, Path.Combine(folder, "root")).Code);
        return Path.GetDirectoryName(Directory.GetFiles(folder, "libssl.so.3", SearchOption.AllDirectories).Single())!;
    }
}
