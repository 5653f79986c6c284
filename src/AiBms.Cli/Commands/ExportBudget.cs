using System.Globalization;
using System.Text;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Networks;
using AiBms.Battery.Packs;

namespace AiBms.Cli.Commands;

/// <summary>The page <c>budget.md</c> of an exported folder: RAM exactly, instructions by lines above what was counted for the shipped packs and networks, flash and stack as measured.</summary>
/// <remarks>RAM is the sum of the C structures' members, as they lie in memory on a 32-bit target. The counts are those of results/edge.</remarks>
static class ExportBudget
{
    /// <summary>A 10 ms task at 160 MHz, cycles.</summary>
    const double TaskCycles = 1.6e6;

    /// <summary>A part: calls, RAM bytes, instructions a call, flash at -O2 and at -Os, deepest stack.</summary>
    sealed record Part(string Name, string Period, double RamByte, double Instructions, int FlashByte, int SmallFlashByte, int StackByte);

    /// <summary>Writes the page.</summary>
    /// <param name="layout">The pack; null for a cell alone.</param>
    /// <param name="model">The network; null where none is written.</param>
    public static string Page(PackLayout? layout, ModelFile? model)
    {
        List<Part> parts = layout is null ? [new("estimator of a cell (`aibms_soc`)", "1 s", SocByte, 1395, 11004, 8172, 416)] : [.. OfPack(layout.SeriesCount, ProbesOf(layout))];
        if (model is not null) parts.Add(OfNetwork(model));
        parts.Add(new("range checks and replacement blocks, where they are used", "at start", 0, 0, 2324, 2106, 0));
        StringBuilder text = new("# Budget\n\n");
        text.Append("Instructions are at most those counted on a Cortex-M4F (S32K144 map, GCC 12, -O2 -fno-if-conversion -fno-if-conversion2): lines above the counts of the shipped packs, of 12, 16 and 96 cells, and of the shipped networks; a Cortex-M7 with AIBMS_FPV5 needs a fifth fewer for the filters, and for the rest between a tenth fewer and a twentieth more.\n");
        text.Append("Flash is code and constants of the part before the linker drops what is not used, without the tables. Stack is the deepest by call graph, interrupts not included.\n");
        string room = layout is null ? "1 1" : $"{layout.SeriesCount} {ProbesOf(layout)}";
        text.Append(CultureInfo.InvariantCulture, $"`firmware/target/fits.sh EXPORTED {room}` links this very folder for S32K344, S32K144 and i.MX RT1062; where a pack and a network are in it, `firmware/target/measure.sh EXPORTED` counts it.\n\n");
        text.Append("| part | called every | RAM, bytes | instructions | flash -O2 / -Os, bytes | stack, bytes |\n|---|---|---:|---:|---:|---:|\n");
        foreach (var part in parts)
            text.Append(CultureInfo.InvariantCulture, $"| {part.Name} | {part.Period} | {part.RamByte:N0} | {part.Instructions:N0} | {part.FlashByte:N0} / {part.SmallFlashByte:N0} | {part.StackByte} |\n");
        double all = parts.Sum(part => part.Instructions);
        text.Append(CultureInfo.InvariantCulture, $"| together | | {parts.Sum(part => part.RamByte):N0} | {all:N0} | {parts.Sum(part => part.FlashByte):N0} / {parts.Sum(part => part.SmallFlashByte):N0} | |\n\n");
        text.Append(CultureInfo.InvariantCulture, $"All in one task of 10 ms at 160 MHz, one instruction a cycle (assumed, not measured): {all / TaskCycles:P1} of it; at the 80 MHz of an S32K144 twice that.\n");
        if (layout is not null) text.Append(CultureInfo.InvariantCulture, $"Reading a rest, once in half an hour of rest at most, takes {400 + 1559 * layout.SeriesCount:N0} instructions more.\n");
        return text.ToString();
    }

    /// <summary>Probes that the protection looks at: those of cells and busbars.</summary>
    public static int ProbesOf(PackLayout layout) => layout.Probes.Count(probe => probe.Place != ProbePlace.Coolant);

    const double SocByte = 640;

    static IEnumerable<Part> OfPack(int n, int probes) =>
    [
        new("filters of every cell (`aibms_pack`)", "1 s", 688 + 80 * n, 1792 + 368 * n, 14728, 11540, 560),
        new("imbalance (`aibms_imbalance`)", "1 s", 36 + 8 * n, 363 + 148.1 * n, 960, 844, 116),
        new("power limits, two directions and two times", "1 s", 0, 4 * (2195 + 56.2 * n), 2732, 2464, 448),
        new("balancing (`aibms_balance`)", "1 s", 12 + 5 * n, 86 + 75 * n, 1088, 904, 48),
        new("charge current (`aibms_charge`)", "1 s", 40, 546, 2636, 2174, 48),
        new("trackers of capacity and resistance (`aibms_health`)", "1 s", 44 + 32 * n, 194 + 15 * n, 3664, 2996, 96),
        new("temperatures and two forecasts (`aibms_thermal`)", "1 s", 64, 1122 + 2 * 550, 3196, 2644, 128),
        new("protection (`aibms_safety`) and its inputs", "`sampleMs`", Eights(4904 + 41 * n + 45 * probes) + Eights(96 + 5 * n + 4 * probes), 12650 + 381 * n, 15892, 14144, 284),
    ];

    static Part OfNetwork(ModelFile model)
    {
        double products = model.Layers.Sum(layer => (double)layer.Outputs * layer.Inputs * (layer.Kind == "convolution" ? layer.Taps : 1) * (layer.Kind == "gru" ? 3 : 1) + (layer.Kind == "gru" ? 3.0 * layer.Outputs * layer.Outputs : 0));
        double state = model.Layers.Sum(layer => layer.Kind switch { "gru" => layer.Outputs, "convolution" => ((layer.Taps - 1) * layer.Dilation + 1) * layer.Inputs + 1, _ => 0 });
        double gates = model.Layers.Sum(layer => layer.Kind == "gru" ? layer.Outputs : 0.0), bent = 3 * gates + model.Layers.Sum(layer => layer.Activation == "none" ? 0.0 : layer.Outputs);
        double instructions = 160 + 4.05 * products + 88 * bent + 8 * gates;
        string name = string.Create(CultureInfo.InvariantCulture, $"network of {products:N0} products");
        return EdgeFeatures.NumbersOf(model) is null ? new(name, "1 s", 4 * state, instructions, 1908, 1576, 1768) : new(name + ", its features and answer", "1 s", 112 + 4 * state, 1352 + instructions, 3720, 3216, 2640);
    }

    static double Eights(double bytes) => 8 * Math.Ceiling(bytes / 8);
}
