using System.Runtime.InteropServices;
using AiBms.Agent.Protection;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Packs;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>Cortex-M images linked for three NXP memory maps, run by QEMU, decide and answer with the bits of the C# code. Only hashes come back.</summary>
public sealed class TargetTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-target-").FullName;

    /// <summary>Map, processor, FPU, QEMU's machine whose memory the map fits.</summary>
    public static TheoryData<string, string, string, string> Parts => new()
    {
        { "s32k344", "cortex-m7", "fpv5-sp-d16", "mps2-an500" },
        { "s32k144", "cortex-m4", "fpv4-sp-d16", "mps2-an386" },
        { "imxrt1062", "cortex-m7", "fpv5-sp-d16", "mps2-an500" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Parts))]
    public void TheFilterAgrees(string map, string processor, string fpu, string machine)
    {
        Need();
        EdgeCell cell = new(new CellCatalogue(Path.Combine(Clone.Root, "cells")).Find("lg_hg2"));
        Write(EdgeCellSource.Symbol, EdgeCellSource.Header(cell, "lg_hg2"), EdgeCellSource.Definition(cell, "lg_hg2"));
        var rows = SocRows.Readings(cell, 20_000, seed: 3);
        File.WriteAllBytes(Path.Combine(_folder, "rows.bin"), MemoryMarshal.AsBytes<float>(rows));
        Agree(SocRows.Hash(cell, rows), "replay.c", EdgeCellSource.Symbol, map, processor, fpu, machine);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void TheProtectionAgrees(string map, string processor, string fpu, string machine)
    {
        Need();
        const string Pack = "module_12s_coldplate";
        var layout = new PackCatalogue(Path.Combine(Clone.Root, "packs")).Find(Pack);
        var limits = ProtectionFile.Parse(File.ReadAllBytes(Path.Combine(Clone.Root, "packs", "protection", Pack + ".json")), Pack).ToLimits(layout);
        Write(LimitsSource.Symbol, LimitsSource.Header(limits, Pack), LimitsSource.Definition(limits, Pack));
        string expected;
        using (BinaryWriter writer = new(File.Create(Path.Combine(_folder, "rows.bin")))) expected = new GuardRows(limits, seed: 12).Write(writer, 6000);
        Agree(expected, "guard.c", LimitsSource.Symbol, map, processor, fpu, machine);
    }

    static void Need()
    {
        Tools.Need("arm-none-eabi-gcc", "gcc-arm-none-eabi libnewlib-arm-none-eabi");
        Tools.Need("qemu-system-arm", "qemu-system-arm");
    }

    void Write(string symbol, string header, string definition)
    {
        File.WriteAllText(Path.Combine(_folder, symbol + ".h"), header);
        File.WriteAllText(Path.Combine(_folder, symbol + ".c"), definition);
    }

    void Agree(string expected, string program, string symbol, string map, string processor, string fpu, string machine)
    {
        string target = Path.Combine(Tools.Firmware, "target");
        var built = Clone.Run(_folder, "arm-none-eabi-gcc", ["-O2", "-mcpu=" + processor, "-mfpu=" + fpu, "-mthumb", "-mfloat-abi=hard", "-std=c99", "-ffp-contract=off", "-fno-math-errno",
            "-DAIBMS_CELLS=16U", "-DAIBMS_PROBES=8U", "-ffunction-sections", "-fdata-sections", "-I" + Path.Combine(Tools.Firmware, "include"), "-I" + _folder, "-nostartfiles", "--specs=rdimon.specs",
            "-L" + target, "-T", Path.Combine(target, map + ".ld"), "-Wl,--gc-sections", Path.Combine(target, "startup.c"), .. Tools.Sources,
            Path.Combine(Tools.Firmware, "conformance", program), Path.Combine(_folder, symbol + ".c"), "-o", "image.elf"]);
        Assert.True(built.Code == 0, built.Error);
        var ran = Clone.Run(_folder, "timeout", "200", "qemu-system-arm", "-M", machine, "-nographic", "-monitor", "none", "-serial", "none",
            "-semihosting-config", "enable=on,target=native,arg=image,arg=rows.bin", "-kernel", "image.elf");
        Assert.Equal(expected, ran.Output.Trim());
        output.WriteLine($"{program} on {map}: {expected}");
    }
}
