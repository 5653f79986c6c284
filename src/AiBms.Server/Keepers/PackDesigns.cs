using System.Collections.Concurrent;
using AiBms.Agent.Host;
using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Keepers;

/// <summary>What packs are built like, by what their cards name: layouts and cells in the project's folders, each read once.</summary>
sealed class PackDesigns
{
    readonly ConcurrentDictionary<(string Layout, string Cell), (PackLayout Layout, CellType Cell)> _known = [];
    readonly string? _home = AgentHome.Locate();

    /// <returns>Layout and cell; or why there are none, in a sentence.</returns>
    public ((PackLayout Layout, CellType Cell)? Design, string Why) Find(PackCard card)
    {
        if (_known.TryGetValue((card.Layout, card.Cell), out var known)) return (known, "");
        if (_home is null) return (null, "The folders cells and packs are not found: set AIBMS_HOME to the folder that has them.");
        try
        {
            var layout = new PackCatalogue(Path.Combine(_home, "packs")).Find(card.Layout);
            var cell = new CellCatalogue(Path.Combine(_home, "cells")).Find(card.Cell);
            if (cell.Circuit is null) return (null, $"The cell {cell.Id} has no circuit: identify one and put it into its file.");
            if (layout.SeriesCount != card.SeriesCount || layout.Probes.Count != card.Probes.Count)
                return (null, $"The pack says {card.SeriesCount} cells and {card.Probes.Count} probes, the layout {layout.Id} here has {layout.SeriesCount} and {layout.Probes.Count}: give both the same file.");
            return (_known.GetOrAdd((card.Layout, card.Cell), (layout, cell)), "");
        }
        catch (Exception problem) when (problem is KeyNotFoundException or CellException or FormatException or IOException)
        {
            return (null, problem.Message);
        }
    }
}
