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

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OnlySoundBlocksAreTaken()
    {
        Tools.Need("gcc", "gcc");
        Tools.WritePack(_folder, Pack);
        string rows = Path.Combine(_folder, "rows.bin");
        var (code, text, error) = Clone.Run(_folder, "bash", Path.Combine(Tools.Firmware, "target", "blocks.sh"), _folder, rows, "7", "16", "8");
        Assert.True(code == 0, text + error);
        const string Expected = "taken 5 of 5, damaged 0, out of range 0";
        Assert.EndsWith(Expected, text.Trim(), StringComparison.Ordinal);
        foreach (var image in TargetImage.Obstacle is null ? TargetImage.All : [])
            Assert.Equal(Expected, image.Run(_folder, "blocks.c", EdgeCellSource.Symbol, LimitsSource.Symbol, EdgePackSource.Symbol));
        output.WriteLine(text);
    }
}
