using AiBms.Battery.Packs;
using AiBms.Telemetry.Frames;

namespace AiBms.Agent.Live;

/// <summary>Puts what a pack is into a record for the wire.</summary>
static class Cards
{
    public static PackCard Of(LivePackOptions options, PackLayout layout) => new()
    {
        Name = options.Name,
        Layout = layout.Id,
        LayoutName = layout.Name,
        Cell = options.Cell.Id,
        SeriesCount = layout.SeriesCount,
        ParallelCount = layout.ParallelCount,
        Modules = [.. layout.Modules.Select(m => m.Id)],
        ModuleValues = [.. layout.Modules.Select(m => (double)m.FirstCell)],
        Probes = [.. layout.Probes.Select(p => p.Id)],
        ProbeValues = [.. layout.Probes.Select(p => (double)p.Cell)],
        CapacityAh = options.Cell.CapacityAh * layout.ParallelCount,
        CellVoltageVMin = options.Cell.Ratings?.MinVoltageV ?? double.NaN,
        CellVoltageVMax = options.Cell.Ratings?.MaxVoltageV ?? double.NaN,
        HotLimitDegC = options.HotLimitDegC,
        Software = "aibms " + (typeof(Cards).Assembly.GetName().Version?.ToString(3) ?? ""),
        LatitudeDeg = options.LatitudeDeg,
        LongitudeDeg = options.LongitudeDeg,
        LifeValues = layout.Life is { } life ? [life.PumpH, life.ChillerH, life.HeaterH, life.ContactorsCycle] : [],
    };
}
