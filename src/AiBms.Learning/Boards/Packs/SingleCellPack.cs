using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Learning.Boards.Packs;

/// <summary>One measured cell as a pack of one: what a pack's estimator is scored on where only cells were measured.</summary>
static class SingleCellPack
{
    public static PackLayout Of(CellType cell) => new()
    {
        Id = cell.Id,
        Name = cell.Name,
        Cell = cell.Id,
        SeriesCount = 1,
        ParallelCount = 1,
        Modules = [new("M1", 0, 1)],
        Probes = [new("T1", 0, ProbePlace.Case)],
        Wiring = new(0, 0, 0),
        Contactors = new(1000 * cell.CapacityAh, 0, 1, 1, 1, false),
        Balancing = new(1e9, 1, 1, 100),
        Cooling = new(CoolingKind.Air, "", 1, 0, 0, 0, 0, 0, false),
        Sensors = new(false, false, false, false, false, false),
        Source = new("one cell on a test bench", SourceCheck.Estimate),
    };

    /// <summary>Writes a row of a recording into a reading.</summary>
    public static void Fill(PackReading reading, double timeS, double currentA, double voltageV, double temperatureDegC)
    {
        reading.Clear();
        reading.TimeS = timeS;
        reading[PackSignal.CurrentA] = currentA;
        (reading.CellVoltageV[0], reading.CellQualities[0]) = (voltageV, double.IsFinite(voltageV) ? SignalQuality.Good : SignalQuality.Missing);
        (reading.ProbeTemperatureDegC[0], reading.ProbeQualities[0]) = (temperatureDegC, double.IsFinite(temperatureDegC) ? SignalQuality.Good : SignalQuality.Missing);
    }
}
