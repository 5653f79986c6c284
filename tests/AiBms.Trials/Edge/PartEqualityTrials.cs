using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>Filters of every cell, imbalance, power limits, balancing and charge selection in C99 give the bits of the C# float forms.</summary>
public sealed class PartEqualityTrials(ITestOutputHelper output) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("aibms-parts-").FullName;

    public static TheoryData<string, int> Packs => new() { { "module_12s_coldplate", 12_000 }, { "stationary_16s1p_lfp", 18_000 }, { "ev_96s2p_immersion", 2_000 } };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Packs))]
    public void EveryBitAgrees(string name, int rows)
    {
        Tools.Need("gcc", "gcc");
        var layout = new PackCatalogue(Path.Combine(Clone.Root, "packs")).Find(name);
        var group = GroupCell.Of(layout, new CellCatalogue(Path.Combine(Clone.Root, "cells")).Find(layout.Cell));
        EdgeCell cell = new(group);
        var rules = EdgePackRules.Of(layout, group);
        var thermal = EdgeThermalRules.Of(group, layout);
        var charging = EdgeChargeRules.Of(group.CapacityAh, rules.ChargeA, rules.HighestV);
        Tools.WriteExported(_folder, EdgeCellSource.Symbol, EdgeCellSource.Header(cell, name), EdgeCellSource.Definition(cell, name));
        Tools.WriteExported(_folder, EdgePackSource.Symbol, EdgePackSource.Header(rules, charging, thermal, name), EdgePackSource.Definition(rules, charging, thermal, name));
        string data = Path.Combine(_folder, "rows.bin");
        PartRows inputs = new(cell, rules, charging, thermal, seed: 21);
        string expected;
        using (BinaryWriter writer = new(File.Create(data))) expected = inputs.Write(writer, rows);
        output.WriteLine(string.Join(" ", inputs.Reached.Order(StringComparer.Ordinal)));
        Assert.Superset(new HashSet<string> { "Bleeding", "CellVoltage", "Finished", "Plating", "PowerCellVoltage", "PowerCellCharge", "PowerRatedCurrent" }, inputs.Reached);
        if (!name.Contains("lfp", StringComparison.Ordinal)) Assert.Superset(new HashSet<string> { "WindowNone", "Taught" }, inputs.Reached); // LFP is too flat to read a rest
        foreach ((string compiler, string level) in (ReadOnlySpan<(string, string)>)[("gcc", "-O0"), ("gcc", "-O3"), ("clang", "-O2")])
        {
            if (!Tools.Has(compiler)) continue;
            string program = HostProgram.Build(_folder, compiler, level, "parts", EdgeCellSource.Symbol, EdgePackSource.Symbol);
            Assert.Equal(expected, Clone.Run(_folder, program, data).Output.Trim());
            output.WriteLine($"{name} {compiler} {level}: {expected}");
        }
    }
}
