using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Battery.Simulation.Twin;
using AiBms.Learning.Identification;

namespace AiBms.Learning.Twins;

/// <summary>Runs the twin through a recording: measured current in, case temperature and voltages out. Nothing else of it is looked at.</summary>
static class RecordedTwin
{
    /// <summary>A twin of cells in a chamber: what a recording of cells was taken on. No spread, no sensor errors, no ageing.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="series">Groups in series.</param>
    /// <param name="parallel">Cells in parallel.</param>
    /// <param name="startDegC">Temperature of everything at the start, °C.</param>
    public static PackTwinOptions Bare(CellType cell, int series, int parallel, double startDegC) => new()
    {
        Layout = new()
        {
            Id = "recorded",
            Name = "cells on a bench",
            Cell = cell.Id,
            SeriesCount = series,
            ParallelCount = parallel,
            Modules = [new("M1", 0, series)],
            Probes = [new("T1", 0, ProbePlace.Case)],
            Wiring = new(0, 0, 0),
            Contactors = new(1e4, 0, 1, 1e-3, 1e3, false),
            Balancing = new(1e6, 1, 100, 100),
            Cooling = new(CoolingKind.Air, "", 1, 0, 0, 0, 0, 0, false),
            Sensors = new(false, false, false, false, false, false),
            Source = new("a recording of cells on a bench", SourceCheck.Estimate),
        },
        Cell = cell,
        Spread = TwinSpread.None,
        Sensors = TwinSensorOptions.Perfect,
        Ageing = TwinAgeingOptions.None,
        // The bench's leads are part of the identified numbers: nothing is added to them.
        Busbars = new() { HeatCapacityJPerK = 1e-3, ToCaseWPerK = 1e-9, AreaM2 = 0 },
        StartDegC = startDegC,
        MaxStepS = 5,
    };

    /// <summary>Steps through every row; calls back with its number once the twin is there.</summary>
    public static void Run(PackTwin twin, FitRun run, int parallel, Action<int> at)
    {
        twin.Connect();
        double startDegC = run.TemperatureDegC[0];
        at(0);
        for (int k = 1; k < run.Count; k++)
        {
            double stepS = run.TimeS[k] - run.TimeS[k - 1];
            double ambientDegC = startDegC + (run.AmbientDegC is { } ambient ? ambient[k] - ambient[0] : 0);
            if (stepS > 0) twin.Step(TwinLoad.Current(run.CurrentA[k] * parallel, ambientDegC), stepS);
            at(k);
        }
    }
}
