using System.Text.Json;

namespace AiBms.Battery.Packs;

/// <summary>Reads a pack's layout from JSON.</summary>
public static class PackFile
{
    /// <summary>Reads and checks a layout.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="FormatException">The text is not a usable layout; the message says why in one sentence.</exception>
    public static PackLayout Parse(ReadOnlySpan<byte> json, string name)
    {
        PackLayout? pack;
        try
        {
            pack = JsonSerializer.Deserialize(json, PackJson.Default.PackLayout);
        }
        catch (JsonException problem)
        {
            throw new FormatException($"{name} is not a pack file: {JsonFault.Text(problem)}", problem);
        }

        if (pack is null) throw new FormatException($"{name} is empty.");
        if (Fault(pack) is { } fault) throw new FormatException($"{name}: {fault}");
        return pack;
    }

    /// <summary>What is wrong with a layout in one sentence; null where nothing is.</summary>
    public static string? Fault(PackLayout pack)
    {
        if (JsonFault.Hole(("modules", pack.Modules), ("probes", pack.Probes)) is { } hole) return hole;
        if (pack.SeriesCount < 1 || pack.ParallelCount < 1) return "a pack needs at least one cell in series and in parallel.";
        int next = 0;
        foreach (var module in pack.Modules)
        {
            if (module.FirstCell != next || module.CellCount < 1)
                return $"module {module.Id} begins at cell {module.FirstCell}, but the modules before it end before cell {next}; list them in series order without gap.";
            if (module.CellSerials is { } serials && serials.Count != module.CellCount) return $"module {module.Id} has {module.CellCount} cells and {serials.Count} serial numbers of cells; name every cell's, or none.";
            if (JsonFault.Hole(("cellSerials", module.CellSerials)) is { } missing) return $"module {module.Id}: {missing}";
            next += module.CellCount;
        }

        if (next != pack.SeriesCount) return $"the modules have {next} cells, the pack has {pack.SeriesCount}.";
        if (!pack.TapCells.Order().SequenceEqual(Enumerable.Range(0, pack.SeriesCount))) return "tapCells must name every cell exactly once.";
        if (pack.Probes.Count == 0) return "a pack needs at least one temperature probe.";
        foreach (var probe in pack.Probes)
            if (probe.Cell < 0 || probe.Cell >= pack.SeriesCount) return $"probe {probe.Id} is on cell {probe.Cell}, which does not exist.";
        if (pack.Probes.Select(p => p.Id).Distinct(StringComparer.Ordinal).Count() != pack.Probes.Count) return "two probes have the same id.";
        return FaultOfNumbers(pack);
    }

    static string? FaultOfNumbers(PackLayout pack)
    {
        double[] positive =
        [
            pack.Contactors.BreakCurrentA, pack.Contactors.PrechargeOhm, pack.Contactors.LinkCapacitanceF, pack.Contactors.LinkBleedOhm,
            pack.Balancing.ResistorOhm, pack.Balancing.BoardKPerW, pack.Balancing.BoardTimeConstantS, pack.Balancing.MaxBoardDegC,
        ];
        double[] notNegative =
        [
            pack.Contactors.TravelS, pack.Wiring.BusbarOhm, pack.Wiring.ContactOhm, pack.Wiring.CableOhm, pack.Cooling.MaxFlowLPerMin,
            pack.Cooling.FluidVolumeL, pack.Cooling.MaxPumpW, pack.Cooling.MaxChillerW, pack.Cooling.MaxHeaterW, pack.Cooling.RadiatorWPerK, pack.Cooling.RadiatorFanW,
        ];
        if (!positive.All(x => x > 0 && double.IsFinite(x))) return "the numbers of contactors and balancing must be positive.";
        if (!notNegative.All(x => x >= 0 && double.IsFinite(x))) return "the numbers of wiring, cooling and travel must not be negative.";
        if (pack.Life is { } life && !new[] { life.PumpH, life.ChillerH, life.HeaterH, life.ContactorsCycle }.All(x => double.IsNaN(x) || (x > 0 && double.IsFinite(x))))
            return "the numbers of life must be positive; leave out those that nobody states.";
        if (pack.Cooling.Segments < 1) return "cooling needs at least one segment.";
        bool flows = pack.Cooling.Kind != CoolingKind.Air;
        if (flows && (pack.Cooling.MaxFlowLPerMin == 0 || pack.Cooling.FluidVolumeL == 0 || pack.Cooling.Fluid.Length == 0))
            return "cooling by a fluid needs the fluid, its volume and its flow.";
        return null;
    }
}
