using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>A program of <c>firmware/conformance</c> compiled for this machine.</summary>
static class HostProgram
{
    static string[] Switches(string level) => ["-std=c99", "-Wall", "-Wextra", "-Werror", "-ffp-contract=off", "-fno-math-errno", level];

    /// <summary>Builds it with the exported tables in a folder.</summary>
    /// <param name="folder">Where the tables are and the program comes.</param>
    /// <param name="compiler">gcc or clang.</param>
    /// <param name="level">Optimisation, as the compiler takes it.</param>
    /// <param name="program">Source without its ending.</param>
    /// <param name="symbols">Exported tables.</param>
    public static string Build(string folder, string compiler, string level, string program, params string[] symbols)
    {
        string path = Path.Combine(folder, program);
        // sqrtf, which IEEE 754 fixes, is a call at -O0.
        var built = Clone.Run(folder, compiler, [.. Switches(level), "-I" + Path.Combine(Tools.Firmware, "include"), "-I" + folder, Path.Combine(Tools.Firmware, "conformance", program + ".c"),
            .. symbols.Select(symbol => Path.Combine(folder, symbol + ".c")), Archive.Of(compiler, Switches(level)), "-o", path, "-lm"]);
        Assert.True(built.Code == 0, built.Error);
        return path;
    }
}
