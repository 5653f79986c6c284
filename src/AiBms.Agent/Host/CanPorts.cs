using AiBms.Agent.Ports.Can;
using AiBms.Agent.Protection;
using AiBms.Agent.Settings;
using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Telemetry.Can;
using AiBms.Telemetry.Can.Dbc;

namespace AiBms.Agent.Host;

/// <summary>Makes ports on a CAN bus or a log of one.</summary>
static class CanPorts
{
    /// <summary>Looks whether map, bus description and pack fit each other; no bus is opened.</summary>
    /// <exception cref="Telemetry.DataException">They do not.</exception>
    public static void Check(AgentSettings settings, PackLayout layout)
    {
        (var map, var dbc) = Read(settings.Source);
        _ = new CanSlots(layout, map, dbc);
        _ = new CanOrders(layout, map, dbc);
    }

    public static AgentPort Make(AgentSettings settings, PackLayout layout, CellType cell, ProtectionSettings protection, TimeProvider time)
    {
        var source = settings.Source;
        (var map, var dbc) = Read(source);
        var limits = (protection with { SampleMs = Math.Max(protection.SampleMs, (int)(1000 / settings.RateHz)) }).ToLimits(layout);
        if (source.Kind == SourceKind.Can)
        {
            var bus = new SocketCan(source.Interface, time);
            return new(new CanPack(layout, map, dbc, bus, bus, time, 1 / settings.RateHz), cell, limits, IsClocked: true, []);
        }

        CanPack? pack = null;
        var sink = source.Commands is { } path ? new CandumpWriter(path, "can0", () => pack!.TimeS) : null;
        pack = new(layout, map, dbc, CanLogs.Open(source.File!), sink, null, 1 / settings.RateHz);
        return new(pack, cell, limits, IsClocked: false, []);
    }

    static (CanMap Map, DbcFile Dbc) Read(SourceSettings source)
    {
        var map = CanMap.Read(source.Map!);
        return (map, DbcFile.Read(Path.GetFullPath(map.Dbc, Path.GetDirectoryName(source.Map!)!)));
    }
}
