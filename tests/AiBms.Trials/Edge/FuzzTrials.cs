using System.Text.RegularExpressions;
using AiBms.Agent.Protection;
using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Networks;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>libFuzzer with the address and undefined-behaviour sanitizers finds nothing in the runtime, and does find a guard that was taken out.</summary>
public sealed partial class FuzzTrials(ITestOutputHelper output) : IDisposable
{
    const string Pack = "module_12s_coldplate";

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-fuzz-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A number of runs, not a time: a busy machine takes longer and looks at the same inputs.</summary>
    [Fact]
    public void NoInputBreaksAnything() => Clean("-runs=600");

    [Fact]
    [Trait("Long", "fuzz")]
    public void TenMinutesBreakNothing() => Clean("-max_total_time=600");

    [Theory]
    [Trait("Long", "fuzz")]
    [InlineData("filter.c", "int32_t k = aibms_whole(place, 99);", "int32_t k = (int32_t)place;")]
    [InlineData("cell.c", "(cell->temperature_count <= AIBMS_TEMPERATURES)", "(cell->temperature_count <= 1000U)")]
    [InlineData("net.c", "if (!aibms_is_between(value, -MOST_READING, MOST_READING)) {", "if (value > MOST_READING) {")]
    public void AGuardTakenOutIsFound(string file, string guard, string without)
    {
        string text = Fuzz(Build(EvaRun.Without(_folder, file, guard, without)), "-runs=100000", out int code);
        Assert.True(code != 0, text);
    }

    void Clean(string extent)
    {
        string text = Fuzz(Build(Tools.Firmware), extent, out int code);
        Assert.True(code == 0, text);
        output.WriteLine(Done().Match(text).Value);
    }

    string Build(string firmware)
    {
        Tools.Need("clang", "clang libclang-rt-14-dev");
        var model = ModelCatalogue.Read(Path.Combine(Clone.Root, "models", "soc_gru_lg_hg2.json"));
        Tools.WritePack(_folder, Pack);
        Tools.WriteExported(_folder, EdgeNetSource.Symbol, EdgeNetSource.Header(model), EdgeNetSource.Definition(model));
        string[] sources = [.. Directory.GetFiles(Path.Combine(firmware, "src"), "*.c"), .. Directory.GetFiles(_folder, "aibms_*_exported.c")];
        var built = Clone.Run(_folder, "clang", ["-std=c99", "-O1", "-g", "-Wall", "-Wextra", "-Werror", "-fsanitize=fuzzer,address,undefined,float-cast-overflow", "-fno-sanitize-recover=all",
            "-DAIBMS_CELLS=12U", "-DAIBMS_PROBES=8U", "-ffp-contract=off", "-I" + Path.Combine(firmware, "include"), "-I" + _folder, .. sources,
            Path.Combine(Tools.Firmware, "fuzz", "fuzz.c"), "-o", "fuzz", "-lm"]);
        Assert.SkipWhen(built.Error.Contains("clang_rt", StringComparison.Ordinal), "skipped: clang has no libFuzzer (Debian: apt-get install libclang-rt-14-dev)");
        Assert.True(built.Code == 0, built.Error);
        return Path.Combine(_folder, "fuzz");
    }

    string Fuzz(string program, string extent, out int code)
    {
        string corpus = Directory.CreateDirectory(Path.Combine(_folder, "corpus")).FullName;
        (code, string text, string error) = Clone.Run(_folder, "timeout", "1800", program, "-seed=1", extent, "-max_len=8192", "-len_control=0", "-timeout=60", corpus);
        return text + error;
    }

    [GeneratedRegex(@"Done \d+ runs[^\n]*")]
    private static partial Regex Done();
}
