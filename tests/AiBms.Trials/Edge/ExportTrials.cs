using System.Globalization;
using System.Text.RegularExpressions;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>What <c>aibms export --target c99</c> writes builds as it is, runs on this machine, and links for every memory map.</summary>
public sealed partial class ExportTrials(ITestOutputHelper output) : IDisposable
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

    /// <summary>The page is lines above what was counted: never below it, and not far above.</summary>
    [Theory]
    [InlineData("module_12s_coldplate", "soc_mlp_lg_hg2")]
    [InlineData("stationary_16s1p_lfp", "soc_tcn_lg_hg2")]
    [InlineData("ev_96s2p_immersion", "soc_gru_lg_hg2")]
    public void TheBudgetIsWhatIsCounted(string pack, string model)
    {
        Assert.SkipWhen(TargetImage.Obstacle is not null, TargetImage.Obstacle ?? "");
        var written = Clone.Run(Clone.Root, Path.Combine(Clone.Root, "aibms"), "export", "--target", "c99", "--pack", pack, "--model", $"models/{model}.json", "--out", _folder);
        Assert.True(written.Code == 0, written.Error);
        string[][] counted = Rows(Does("bash", Path.Combine(Tools.Firmware, "target", "measure.sh"), _folder, "s32k144")), budget = Rows(File.ReadAllText(Path.Combine(_folder, "budget.md")));
        Within("filters of every", "filters of ", Count("filters of ", 0), 1.01);
        Within("imbalance", "imbalance", Count("imbalance", 0), 1.01);
        Within("power limits", "power limit", 4 * Count("power limit", 0), 1.01);
        Within("balancing", "balancing", Count("balancing", 0), 1.4); // how many cells are bled differs
        Within("charge current", "charge selection", Count("charge selection", 0), 1.02);
        Within("trackers", "trackers", Count("trackers", 0) + Count("trackers", 1), 1.01);
        Within("temperatures", "temperatures", Count("temperatures", 0) + 2 * Count("temperatures", 1), 1.01);
        Within("protection", "protection", Count("protection", 0), 1.15); // and how many probes there are
        Within("network", "features", Count("features", 1), 1.03);

        double Count(string part, int which) => Numbers(Row(counted, part)[2])[which];
        void Within(string part, string countedPart, double instructions, double most)
        {
            Assert.InRange(Numbers(Row(budget, part)[3])[0], instructions, Math.Ceiling(most * instructions));
            Assert.Equal(Row(counted, countedPart)[5], Row(budget, part)[5]); // the deepest stack
        }
    }

    static string[][] Rows(string page) => [.. page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

    static string[] Row(string[][] rows, string part) => rows.First(row => row[0].StartsWith(part, StringComparison.Ordinal));

    static double[] Numbers(string cell) => [.. Number().Matches(cell.Replace(",", "", StringComparison.Ordinal)).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture))];

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

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
