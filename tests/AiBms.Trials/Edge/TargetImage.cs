using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>A program of <c>firmware/conformance</c> linked for the memory map of a part and run under QEMU; only what it prints comes back.</summary>
/// <param name="Map">Linker map.</param>
/// <param name="Processor">Core.</param>
/// <param name="Fpu">Its FPU.</param>
/// <param name="Machine">QEMU's machine whose memory the map fits.</param>
sealed record TargetImage(string Map, string Processor, string Fpu, string Machine)
{
    /// <summary>The three maps of the issue.</summary>
    public static IReadOnlyList<TargetImage> All { get; } =
    [
        new("s32k344", "cortex-m7", "fpv5-sp-d16", "mps2-an500"), new("s32k144", "cortex-m4", "fpv4-sp-d16", "mps2-an386"), new("imxrt1062", "cortex-m7", "fpv5-sp-d16", "mps2-an500"),
    ];

    /// <summary>Why no image can be run here, or null.</summary>
    public static string? Obstacle =>
        !Tools.Has("arm-none-eabi-gcc") ? "skipped: no arm-none-eabi-gcc (Debian: apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi)"
        : !Tools.Has("qemu-system-arm") ? "skipped: no qemu-system-arm (Debian: apt-get install qemu-system-arm)" : null;

    /// <summary>Builds with the exported tables in a folder, feeds it the folder's rows.bin and returns what it printed.</summary>
    public string Run(string folder, string program, params string[] symbols)
    {
        string target = Path.Combine(Tools.Firmware, "target"), image = Map + ".elf";
        string[] switches =
        [
            "-O2", "-mcpu=" + Processor, "-mfpu=" + Fpu, .. Fpu.StartsWith("fpv5", StringComparison.Ordinal) ? (string[])["-DAIBMS_FPV5"] : ["-fno-if-conversion", "-fno-if-conversion2"], "-mthumb", "-mfloat-abi=hard", "-std=c99",
            "-ffp-contract=off", "-fno-math-errno", "-DAIBMS_CELLS=16U", "-DAIBMS_PROBES=8U", "-ffunction-sections", "-fdata-sections",
        ];
        var built = Clone.Run(folder, "arm-none-eabi-gcc", [.. switches, "-I" + Path.Combine(Tools.Firmware, "include"), "-I" + folder, "-nostartfiles", "--specs=rdimon.specs",
            "-L" + target, "-T", Path.Combine(target, Map + ".ld"), "-Wl,--gc-sections", Path.Combine(target, "startup.c"), Path.Combine(Tools.Firmware, "conformance", program),
            .. symbols.Select(symbol => Path.Combine(folder, symbol + ".c")), Archive.Of("arm-none-eabi-gcc", switches), "-o", image]);
        Assert.True(built.Code == 0, built.Error);
        return Clone.Run(folder, "timeout", "1500", "qemu-system-arm", "-M", Machine, "-nographic", "-monitor", "none", "-serial", "none",
            "-semihosting-config", "enable=on,target=native,arg=image,arg=rows.bin", "-kernel", image).Output.Trim();
    }
}
