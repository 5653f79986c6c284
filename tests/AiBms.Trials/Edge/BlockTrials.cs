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
        var layout = new PackCatalogue(Path.Combine(Clone.Root, "packs")).Find(Pack);
        var group = GroupCell.Of(layout, new CellCatalogue(Path.Combine(Clone.Root, "cells")).Find(layout.Cell));
        EdgeCell cell = new(group);
        var rules = EdgePackRules.Of(layout, group);
        var charging = EdgeChargeRules.Of(group.CapacityAh, rules.ChargeA, rules.HighestV);
        var thermal = EdgeThermalRules.Of(group, layout);
        var limits = ProtectionFile.Parse(File.ReadAllBytes(Path.Combine(Clone.Root, "packs", "protection", Pack + ".json")), Pack).ToLimits(layout);
        Tools.WriteExported(_folder, EdgeCellSource.Symbol, EdgeCellSource.Header(cell, Pack), EdgeCellSource.Definition(cell, Pack));
        Tools.WriteExported(_folder, EdgePackSource.Symbol, EdgePackSource.Header(rules, charging, thermal, Pack), EdgePackSource.Definition(rules, charging, thermal, Pack));
        Tools.WriteExported(_folder, LimitsSource.Symbol, LimitsSource.Header(limits, Pack), LimitsSource.Definition(limits, Pack));
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
