using System.Runtime.InteropServices;
using AiBms.Agent.Protection;
using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Networks;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>Cortex-M images linked for three NXP memory maps, run by QEMU, decide and answer with the bits of the C# code. Only hashes come back.</summary>
public sealed class TargetTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-target-").FullName;

    public static TheoryData<string> Maps => [.. TargetImage.All.Select(image => image.Map)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Maps))]
    public void TheFilterAgrees(string map)
    {
        Need();
        EdgeCell cell = new(new CellCatalogue(Path.Combine(Clone.Root, "cells")).Find("lg_hg2"));
        Tools.WriteExported(_folder, EdgeCellSource.Symbol, EdgeCellSource.Header(cell, "lg_hg2"), EdgeCellSource.Definition(cell, "lg_hg2"));
        var rows = SocRows.Readings(cell, 20_000, seed: 3);
        File.WriteAllBytes(Path.Combine(_folder, "rows.bin"), MemoryMarshal.AsBytes<float>(rows));
        Agree(SocRows.Hash(cell, rows), "replay.c", [EdgeCellSource.Symbol], map);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void TheProtectionAgrees(string map)
    {
        Need();
        const string Pack = "module_12s_coldplate";
        var layout = new PackCatalogue(Path.Combine(Clone.Root, "packs")).Find(Pack);
        var limits = ProtectionFile.Parse(File.ReadAllBytes(Path.Combine(Clone.Root, "packs", "protection", Pack + ".json")), Pack).ToLimits(layout);
        Tools.WriteExported(_folder, LimitsSource.Symbol, LimitsSource.Header(limits, Pack), LimitsSource.Definition(limits, Pack));
        string expected;
        using (BinaryWriter writer = new(File.Create(Path.Combine(_folder, "rows.bin")))) expected = new GuardRows(limits, seed: 12).Write(writer, 6000);
        Agree(expected, "guard.c", [LimitsSource.Symbol], map);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void ThePacksPartsAgree(string map)
    {
        Need();
        const string Pack = "module_12s_coldplate";
        var layout = new PackCatalogue(Path.Combine(Clone.Root, "packs")).Find(Pack);
        var group = GroupCell.Of(layout, new CellCatalogue(Path.Combine(Clone.Root, "cells")).Find(layout.Cell));
        EdgeCell cell = new(group);
        var rules = EdgePackRules.Of(layout, group);
        var charging = EdgeChargeRules.Of(group.CapacityAh, rules.ChargeA, rules.HighestV);
        var thermal = EdgeThermalRules.Of(group, layout);
        Tools.WriteExported(_folder, EdgeCellSource.Symbol, EdgeCellSource.Header(cell, Pack), EdgeCellSource.Definition(cell, Pack));
        Tools.WriteExported(_folder, EdgePackSource.Symbol, EdgePackSource.Header(rules, charging, thermal, Pack), EdgePackSource.Definition(rules, charging, thermal, Pack));
        string expected;
        using (BinaryWriter writer = new(File.Create(Path.Combine(_folder, "rows.bin")))) expected = new PartRows(cell, rules, charging, thermal, seed: 13).Write(writer, 3000);
        Agree(expected, "parts.c", [EdgeCellSource.Symbol, EdgePackSource.Symbol], map);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void TheNetworkAgrees(string map)
    {
        Need();
        var file = ModelCatalogue.Read(Path.Combine(Clone.Root, "models", "soc_gru_lg_hg2.json"));
        Tools.WriteExported(_folder, EdgeNetSource.Symbol, EdgeNetSource.Header(file), EdgeNetSource.Definition(file));
        string expected = NetEqualityTrials.Hash(file, Path.Combine(_folder, "rows.bin"), 4000);
        Agree(expected, "infer.c", [EdgeNetSource.Symbol], map);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void TheNetworkFromReadingsAgrees(string map)
    {
        Need();
        string expected = NetEqualityTrials.HashFromReadings("soc_gru_lg_hg2", _folder, 6000);
        Agree(expected, "netsoc.c", [EdgeCellSource.Symbol, EdgeNetSource.Symbol], map);
    }

    static void Need()
    {
        if (TargetImage.Obstacle is { } obstacle) Assert.Skip(obstacle);
    }

    void Agree(string expected, string program, string[] symbols, string map)
    {
        Assert.Equal(expected, TargetImage.All.First(image => image.Map == map).Run(_folder, program, symbols));
        output.WriteLine($"{program} on {map}: {expected}");
    }
}
