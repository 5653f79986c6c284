using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Battery.Thermal.Fluids;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>Puts a twin's options together from the folders that ship: <c>packs</c>, <c>cells</c>, <c>fluids</c>.</summary>
public static class TwinHome
{
    /// <summary>Options for a pack, all else as made.</summary>
    /// <param name="folder">The folder that has the three.</param>
    /// <param name="pack">Id of a pack, or path of a pack file.</param>
    /// <exception cref="KeyNotFoundException">There is no such pack or fluid.</exception>
    /// <exception cref="FormatException">A file is not usable.</exception>
    /// <exception cref="CellException">There is no such cell, or its file is not usable.</exception>
    public static PackTwinOptions Load(string folder, string pack)
    {
        var layout = new PackCatalogue(Path.Combine(folder, "packs")).Find(pack);
        return new()
        {
            Layout = layout,
            Cell = new CellCatalogue(Path.Combine(folder, "cells")).Find(layout.Cell),
            Fluid = layout.Cooling.Fluid.Length > 0 ? new FluidCatalogue(Path.Combine(folder, "fluids")).Find(layout.Cooling.Fluid) : null,
        };
    }
}
