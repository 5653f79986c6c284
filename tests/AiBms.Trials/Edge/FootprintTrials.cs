using System.Text.RegularExpressions;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>What the runtime asks of the image it is linked into, read off its objects and its call graph for a Cortex-M4.</summary>
public sealed partial class FootprintTrials : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-footprint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>No allocation, no mathematics library, no writable global, and no name that may be the integrator's.</summary>
    [Fact]
    public void NothingButCopyingIsAskedForAndNothingIsKept()
    {
        Compile();
        var symbols = Symbol().Matches(Clone.Run(_folder, "arm-none-eabi-nm", Directory.GetFiles(_folder, "*.o")).Output).Select(match => (Kind: match.Groups[1].Value, Name: match.Groups[2].Value)).ToArray();
        Assert.Equal(["memcpy", "memset"], symbols.Where(symbol => symbol.Kind == "U" && !symbol.Name.StartsWith("aibms_", StringComparison.Ordinal)).Select(symbol => symbol.Name).Distinct().Order());
        Assert.DoesNotContain(symbols, symbol => "bBdDC".Contains(symbol.Kind, StringComparison.Ordinal));
        Assert.All(symbols.Where(symbol => symbol.Kind is "T" or "R"), symbol => Assert.StartsWith("aibms_", symbol.Name, StringComparison.Ordinal));
    }

    /// <summary>Without recursion and calls through pointers the deepest stack is known.</summary>
    [Fact]
    public void NoFunctionReachesItself()
    {
        Compile();
        Dictionary<string, HashSet<string>> calls = [];
        foreach (Match edge in Directory.GetFiles(_folder, "*.ci").SelectMany(path => Edge().Matches(File.ReadAllText(path))))
        {
            Assert.NotEqual("__indirect_call", edge.Groups[2].Value);
            if (!calls.TryGetValue(edge.Groups[1].Value, out var called)) calls[edge.Groups[1].Value] = called = [];
            called.Add(edge.Groups[2].Value);
        }

        Assert.True(calls.Count > 50, "the call graph was not read");
        foreach (string function in calls.Keys) Assert.False(Reaches(function, function, []), function + " reaches itself");

        bool Reaches(string from, string sought, HashSet<string> seen) =>
            calls.TryGetValue(from, out var called) && called.Any(next => next == sought || (seen.Add(next) && Reaches(next, sought, seen)));
    }

    void Compile()
    {
        Tools.Need("arm-none-eabi-gcc", "gcc-arm-none-eabi");
        var built = Clone.Run(_folder, "arm-none-eabi-gcc", ["-mcpu=cortex-m4", "-mfpu=fpv4-sp-d16", "-mthumb", "-mfloat-abi=hard", "-std=c99", "-O2", "-ffp-contract=off", "-fno-math-errno",
            "-fcallgraph-info=su", "-fstack-usage", "-I" + Path.Combine(Tools.Firmware, "include"), "-c", .. Tools.Sources]);
        Assert.True(built.Code == 0, built.Error);
    }

    [GeneratedRegex(@"^(?:[0-9a-f]+)?\s*([A-Za-z]) (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Symbol();

    // A function of one file has the file's name before its own.
    [GeneratedRegex(@"edge: \{ sourcename: ""([^""]+)"" targetname: ""([^""]+)""")]
    private static partial Regex Edge();
}
