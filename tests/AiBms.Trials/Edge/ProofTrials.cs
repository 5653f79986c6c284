using System.Text.RegularExpressions;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>Frama-C's Eva finds no run-time error in the runtime for any readings whatever, in an endless loop, and proves the asserted ranges.</summary>
/// <remarks>A proof that cannot fail proves nothing: with one guard taken out it must fail.</remarks>
[Trait("Long", "proof")]
public sealed partial class ProofTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-proof-").FullName;

    public static TheoryData<string, string> Proofs => new()
    {
        { "soc", "none" }, { "soc", "non-finite" },
    };

    /// <summary>Harness, file, the guard in it, and the same without.</summary>
    public static TheoryData<string, string, string, string> Mutations => new()
    {
        { "soc", "filter.c", "uint32_t k = (uint32_t)aibms_hold(place, 0.0F, 99.0F);", "uint32_t k = (uint32_t)place;" },
        { "soc", "filter.c", "believed = aibms_hold(square * 0.0625F, variance, 1e6F);", "believed = square * 0.0625F;" },
        { "soc", "soc.c", "me->warm_k = aibms_clamp(settled + ((me->warm_k - settled) * me->pace.kept_core), 0.0F, 40.0F);", "me->warm_k = settled + ((me->warm_k - settled) * me->pace.kept_core);" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Proofs))]
    public void NoInputWhateverLeadsToAnError(string harness, string mode)
    {
        Tools.Need("frama-c", "frama-c-base");
        var (alarms, open, text) = Analyse(Tools.Firmware, harness, mode);
        output.WriteLine($"{harness}, {mode}: {alarms} alarms, {open} assertions open");
        Assert.True(alarms == 0 && open == 0, text);
    }

    [Theory]
    [MemberData(nameof(Mutations))]
    public void WithoutAGuardTheProofFails(string harness, string file, string guard, string without)
    {
        Tools.Need("frama-c", "frama-c-base");
        Clone.Run(_folder, "cp", "-r", Tools.Firmware, _folder);
        string firmware = Path.Combine(_folder, "firmware"), path = Path.Combine(firmware, "src", file), source = File.ReadAllText(path);
        Assert.Contains(guard, source, StringComparison.Ordinal);
        File.WriteAllText(path, source.Replace(guard, without, StringComparison.Ordinal));
        var (alarms, open, text) = Analyse(firmware, harness, "none");
        output.WriteLine($"{harness} without a guard of {file}: {alarms} alarms, {open} assertions open");
        Assert.True(alarms + open > 0, text);
    }

    static (int Alarms, int Open, string Text) Analyse(string firmware, string harness, string mode)
    {
        string share = Clone.Run(firmware, "frama-c", "-print-share-path").Output.Trim();
        string finite = mode == "non-finite" ? " -DAIBMS_FINITE" : "";
        string[] sources = [.. Directory.GetFiles(Path.Combine(firmware, "src"), "*.c").Order(StringComparer.Ordinal)];
        var (code, text, error) = Clone.Run(firmware, "frama-c", ["-eva", "-eva-precision", "1", "-warn-special-float", mode, "-machdep", "gcc_x86_64",
            "-cpp-extra-args=-Iinclude -Iproof" + finite, "-eva-msg-key=-initial-state,-final-states", "-eva-no-show-progress",
            Path.Combine("proof", harness + ".c"), .. sources, Path.Combine(share, "libc", "__fc_builtin.c")]);
        Assert.True(code == 0, text + error);
        var alarms = Alarms().Match(text);
        var assertions = Assertions().Match(text);
        Assert.True(alarms.Success && assertions.Success, text);
        return (int.Parse(alarms.Groups[1].Value), int.Parse(assertions.Groups[1].Value) + int.Parse(assertions.Groups[2].Value), text);
    }

    [GeneratedRegex(@"(\d+) alarms? generated")]
    private static partial Regex Alarms();

    [GeneratedRegex(@"Assertions\s+\d+ valid\s+(\d+) unknown\s+(\d+) invalid")]
    private static partial Regex Assertions();
}
