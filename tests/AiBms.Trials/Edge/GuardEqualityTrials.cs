using AiBms.Agent.Protection;
using AiBms.Battery.Packs;
using AiBms.Safety.Protection;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>The protection in C99 decides what the C# one decides, for drives, faults and random bits: states, contactors, currents, reasons, fault records.</summary>
public sealed class GuardEqualityTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-guard-").FullName;

    public static TheoryData<string, int> Packs => new() { { "module_12s_coldplate", 40_000 }, { "stationary_16s1p_lfp", 40_000 }, { "ev_96s2p_immersion", 10_000 } };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Packs))]
    public void EveryDecisionAgrees(string name, int rows)
    {
        Tools.Need("gcc", "gcc");
        var layout = new PackCatalogue(Path.Combine(Clone.Root, "packs")).Find(name);
        var limits = ProtectionFile.Parse(File.ReadAllBytes(Path.Combine(Clone.Root, "packs", "protection", name + ".json")), name).ToLimits(layout);
        Tools.WriteExported(_folder, LimitsSource.Symbol, LimitsSource.Header(limits, name), LimitsSource.Definition(limits, name));
        string data = Path.Combine(_folder, "rows.bin");
        GuardRows inputs = new(limits, seed: 11);
        string expected;
        using (BinaryWriter writer = new(File.Create(data))) expected = inputs.Write(writer, rows);
        Assert.Equal(Enum.GetValues<ProtectionState>().Order(), inputs.Reached.Order());
        foreach ((string compiler, string level) in (ReadOnlySpan<(string, string)>)[("gcc", "-O0"), ("gcc", "-O3"), ("clang", "-O2")])
        {
            if (!Tools.Has(compiler)) continue;
            string program = HostProgram.Build(_folder, compiler, level, "guard", LimitsSource.Symbol);
            Assert.Equal(expected, Clone.Run(_folder, program, data).Output.Trim());
            output.WriteLine($"{name} {compiler} {level}: {expected}");
        }
    }
}
