using AiBms.Agent.Protection;
using AiBms.Battery.Cells;
using AiBms.Battery.Control;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Networks;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Trials.House;

namespace AiBms.Trials.Edge;

/// <summary>Programs that the firmware's trials need beside the SDK.</summary>
static class Tools
{
    /// <summary>The firmware's folder.</summary>
    public static string Firmware { get; } = Path.Combine(Clone.Root, "firmware");

    /// <summary>Sources of the runtime.</summary>
    public static string[] Sources => [.. Directory.GetFiles(Path.Combine(Firmware, "src"), "*.c").Order(StringComparer.Ordinal)];

    /// <summary>True where a program is on the path.</summary>
    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Combine(path, program)));

    /// <summary>Skips the trial where a program is missing, and says which Debian package has it.</summary>
    public static void Need(string program, string package) => Assert.SkipUnless(Has(program), $"skipped: no {program} (Debian: apt-get install {package})");

    /// <summary>Writes what an export makes of one table: its header and its definition.</summary>
    public static void WriteExported(string folder, string symbol, string header, string definition)
    {
        File.WriteAllText(Path.Combine(folder, symbol + ".h"), header);
        File.WriteAllText(Path.Combine(folder, symbol + ".c"), definition);
    }

    /// <summary>Writes a shipped pack's cell, rules and limits into a folder, as <c>export --target c99</c> does.</summary>
    public static void WritePack(string folder, string pack)
    {
        var layout = new PackCatalogue(Path.Combine(Clone.Root, "packs")).Find(pack);
        var group = GroupCell.Of(layout, new CellCatalogue(Path.Combine(Clone.Root, "cells")).Find(layout.Cell));
        EdgeCell cell = new(group);
        var rules = EdgePackRules.Of(layout, group);
        var charging = EdgeChargeRules.Of(group.CapacityAh, rules.ChargeA, rules.HighestV);
        var thermal = EdgeThermalRules.Of(group, layout);
        var limits = ProtectionFile.Parse(File.ReadAllBytes(Path.Combine(Clone.Root, "packs", "protection", pack + ".json")), pack).ToLimits(layout);
        WriteExported(folder, EdgeCellSource.Symbol, EdgeCellSource.Header(cell, pack), EdgeCellSource.Definition(cell, pack));
        WriteExported(folder, EdgePackSource.Symbol, EdgePackSource.Header(rules, charging, thermal, pack), EdgePackSource.Definition(rules, charging, thermal, pack));
        WriteExported(folder, LimitsSource.Symbol, LimitsSource.Header(limits, pack), LimitsSource.Definition(limits, pack));
    }
}
