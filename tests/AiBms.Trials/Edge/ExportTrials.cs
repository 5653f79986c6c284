using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>What <c>aibms export --target c99</c> writes builds as it is, runs on this machine, and links for every memory map.</summary>
public sealed class ExportTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-export-").FullName;

    public static TheoryData<string, string> Exports => new()
    {
        { "--pack ev_96s2p_immersion --model models/soc_gru_lg_hg2.json", "was trained on lg_hg2, not on nmc_60ah" },
        { "--cell panasonic_18650pf --model models/soc_gru_panasonic.json", "" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Exports))]
    public void TheFolderBuildsRunsAndFits(string options, string note)
    {
        Tools.Need("cmake", "cmake");
        var written = Clone.Run(Clone.Root, Path.Combine(Clone.Root, "aibms"), ["export", "--target", "c99", .. options.Split(' '), "--out", _folder]);
        Assert.True(written.Code == 0, written.Error);
        Assert.Contains(note, written.Error, StringComparison.Ordinal);
        string make = Path.Combine(_folder, "make");
        Does("cmake", "-S", _folder, "-B", make, "-DAIBMS_FIRMWARE=" + Tools.Firmware);
        Does("cmake", "--build", make);
        Assert.Matches("^SOC (49|50)[.]", Does(Path.Combine(make, "aibms_example")));
        if (!options.Contains("--pack", StringComparison.Ordinal)) return;
        if (TargetImage.Obstacle is null)
        {
            output.WriteLine(Does("cmake", "--build", make, "--target", "aibms_fits"));

            // As the guide says for a part of its own, where no program can be linked without start-up code.
            string part = Path.Combine(_folder, "m4");
            Does("cmake", "-S", _folder, "-B", part, "-DAIBMS_FIRMWARE=" + Tools.Firmware, "-DCMAKE_SYSTEM_NAME=Generic", "-DCMAKE_C_COMPILER=arm-none-eabi-gcc", "-DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY",
                "-DCMAKE_C_FLAGS=-O2 -mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard");
            Does("cmake", "--build", part);
        }

        Assert.Contains("taken 5 of 5, damaged 0, out of range 0", Does("cmake", "--build", make, "--target", "aibms_blocks"), StringComparison.Ordinal);
    }

    [Fact]
    public void TooLittleRoomIsNoticedWhenItIsCompiled()
    {
        Tools.Need("gcc", "gcc");
        Assert.Equal(0, Clone.Run(Clone.Root, Path.Combine(Clone.Root, "aibms"), "export", "--target", "c99", "--pack", "ev_96s2p_immersion", "--out", _folder).Code);
        var built = Clone.Run(_folder, "gcc", "-std=c99", "-DAIBMS_CELLS=12U", "-I" + Path.Combine(Tools.Firmware, "include"), "-c", "aibms_pack_exported.c");
        Assert.Contains("compile with -DAIBMS_CELLS=96U", built.Error, StringComparison.Ordinal);
    }

    string Does(string program, params string[] arguments)
    {
        var (code, text, error) = Clone.Run(_folder, program, arguments);
        Assert.True(code == 0, text + error);
        return text;
    }
}
