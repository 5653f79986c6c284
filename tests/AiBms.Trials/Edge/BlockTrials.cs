using AiBms.Agent.Protection;
using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>Parameters replaced at run time: blocks written on this machine are taken by the images for three maps as they are, and neither damaged nor out of range.</summary>
public sealed class BlockTrials(ITestOutputHelper output) : IDisposable
{
    const string Pack = "module_12s_coldplate";

    readonly string _folder = Directory.CreateTempSubdirectory("aibms-blocks-").FullName;

    const string Expected = "taken 5 of 5, damaged 0, out of range 0";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OnlySoundBlocksAreTaken()
    {
        string text = Written(Tools.Firmware);
        Assert.EndsWith(Expected, text.Trim(), StringComparison.Ordinal);
        foreach (var image in TargetImage.Obstacle is null ? TargetImage.All : [])
            Assert.Equal(Expected, image.Run(_folder, "blocks.c", EdgeCellSource.Symbol, LimitsSource.Symbol, EdgePackSource.Symbol));
        output.WriteLine(text);
    }

    /// <summary>Without the checksum a flipped bit that leaves every number in range is taken, and without the range checks a number out of range: so both are looked at.</summary>
    [Theory]
    [InlineData("block.c", "fits = aibms_crc32(bytes, size) == block->crc;", "fits = aibms_crc32(bytes, size) != (block->crc + 1U);", "damaged 0")]
    [InlineData("pack_rules.c", " && (rules->cell_count <= AIBMS_CELLS)", "", "out of range 0")]
    public void WithoutACheckSomethingIsTaken(string file, string check, string without, string sound)
    {
        string text = Written(EvaRun.Without(_folder, file, check, without));
        Assert.Contains("taken 5 of 5", text, StringComparison.Ordinal);
        Assert.DoesNotContain(sound, text, StringComparison.Ordinal);
    }

    string Written(string firmware)
    {
        Tools.Need("gcc", "gcc");
        Tools.WritePack(_folder, Pack);
        var (code, text, error) = Clone.Run(_folder, "bash", Path.Combine(firmware, "target", "blocks.sh"), _folder, Path.Combine(_folder, "rows.bin"), "7", "16", "8");
        Assert.True(code == 0, text + error);
        return text;
    }
}
