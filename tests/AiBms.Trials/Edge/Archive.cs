using System.Collections.Concurrent;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>The runtime compiled once for each compiler and set of switches, as an archive that every trial of this process links.</summary>
static class Archive
{
    static readonly ConcurrentDictionary<string, Lazy<string>> s_made = new(StringComparer.Ordinal);

    static Archive() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var made in s_made.Values)
            if (made.IsValueCreated) Directory.Delete(Path.GetDirectoryName(made.Value)!, recursive: true);
    };

    /// <summary>Path of the archive.</summary>
    /// <param name="compiler">A compiler of the host or <c>arm-none-eabi-gcc</c>.</param>
    /// <param name="switches">All switches but paths.</param>
    public static string Of(string compiler, params string[] switches) =>
        s_made.GetOrAdd(string.Join(' ', [compiler, .. switches]), _ => new(() => Make(compiler, switches))).Value;

    static string Make(string compiler, string[] switches)
    {
        string folder = Directory.CreateTempSubdirectory("aibms-runtime-").FullName, archive = Path.Combine(folder, "runtime.a");
        var built = Clone.Run(folder, compiler, [.. switches, "-I" + Path.Combine(Tools.Firmware, "include"), "-c", .. Tools.Sources]);
        Assert.True(built.Code == 0, built.Error);
        built = Clone.Run(folder, compiler.Replace("gcc", "ar", StringComparison.Ordinal).Replace("clang", "ar", StringComparison.Ordinal), ["rcs", archive, .. Directory.GetFiles(folder, "*.o")]);
        Assert.True(built.Code == 0, built.Error);
        return archive;
    }
}
