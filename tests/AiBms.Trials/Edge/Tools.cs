using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>Programs that the firmware's trials need beside the SDK.</summary>
static class Tools
{
    /// <summary>The firmware's folder.</summary>
    public static string Firmware { get; } = Path.Combine(Clone.Root, "firmware");

    /// <summary>Sources of the runtime.</summary>
    public static string[] Sources => [.. Directory.GetFiles(Path.Combine(Firmware, "src"), "*.c").Order(StringComparer.Ordinal)];

    /// <summary>True where a program is on the path.</summary>
    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Combine(path, program)));

    /// <summary>Skips the trial where a program is missing, and says which Debian package has it.</summary>
    public static void Need(string program, string package) => Assert.SkipUnless(Has(program), $"skipped: no {program} (Debian: apt-get install {package})");

    /// <summary>Writes what an export makes of one table: its header and its definition.</summary>
    public static void WriteExported(string folder, string symbol, string header, string definition)
    {
        File.WriteAllText(Path.Combine(folder, symbol + ".h"), header);
        File.WriteAllText(Path.Combine(folder, symbol + ".c"), definition);
    }
}
