using AiBms.Server.Fleet;
using AiBms.Telemetry.Frames;

namespace AiBms.Server.Alarms;

/// <summary>What an alarm rule can look at.</summary>
/// <param name="Name">Name in a rule.</param>
/// <param name="Text">What it is, for people.</param>
/// <param name="Unit">Its unit; empty for none.</param>
/// <param name="Read">Its value of a pack now; NaN where not known.</param>
sealed record AlarmSignal(string Name, string Text, string Unit, Func<FleetPack, DateTimeOffset, double> Read)
{
    /// <summary>The cell that it is about, for people; empty for none.</summary>
    public string Place(FleetPack pack)
    {
        if (Name is not ("cellSpreadMv" or "cellVMin" or "cellVMax") || pack.Frame is not { } frame) return "";
        bool isHighest = Name == "cellVMax";
        double value = isHighest ? Cells(pack).Max() : Cells(pack).Min();
        return Array.IndexOf(frame.CellVoltageV, value) is >= 0 and var cell ? $" ({(isHighest ? "highest" : "lowest")} is cell {cell + 1})" : "";
    }

    public static IReadOnlyList<AlarmSignal> All { get; } =
    [
        new("ageS", "age of the data", "s", (p, now) => p.Frame is null || p.Has(PackFlags.Ended) ? double.NaN : (now - p.ReceivedAt).TotalSeconds),
        new("socPercent", "state of charge", "%", (p, _) => p.Frame is { ValidityCode: 1 } f ? 100 * f.Soc : double.NaN),
        new("socBandPercent", "two deviations of the state of charge", "%", (p, _) => 200 * (p.Frame?.SocDeviation ?? double.NaN)),
        new("cellSpreadMv", "highest less lowest cell", "mV", (p, _) => 1000 * (Cells(p).Max() - Cells(p).Min())),
        new("cellVMin", "lowest cell", "V", (p, _) => Cells(p).Min()),
        new("cellVMax", "highest cell", "V", (p, _) => Cells(p).Max()),
        new("hotSpotDegC", "hottest cell", "°C", (p, _) => p.Frame?.HotSpotDegC ?? double.NaN),
        new("forecastDegC", "hottest cell in ten minutes", "°C", (p, _) => p.Estimates?.ForecastDegC is [.., var last] ? last : double.NaN),
        new("flowLPerMin", "coolant flow", "L/min", (p, _) => p.Frame?.FlowLPerMin ?? double.NaN),
        new("imbalanceAh", "capacity lost to imbalance", "Ah", (p, _) => p.Estimates?.ImbalanceValues is [var loss, ..] && p.Frame is { ValidityCode: 1 } ? loss : double.NaN),
        new("sohPercent", "health of the weakest cell", "%", (p, _) => 100 * (p.Estimates?.CellSoh.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min() ?? double.NaN)),
        new("residualMv", "residual of the model", "mV", (p, _) => 1000 * (p.Estimates?.ResidualV ?? double.NaN)),
        new("signalsNotGood", "signals that are not believed", "", (p, _) => p.Frame?.NotGood.Length / 3 ?? double.NaN),
        new("queueRecords", "records that wait in the agent", "", (p, _) => p.Estimates?.AgentValues is [var waiting, ..] ? waiting : double.NaN),
    ];

    public static AlarmSignal? Find(string name) => All.FirstOrDefault(s => s.Name == name);

    static IEnumerable<double> Cells(FleetPack pack) => (pack.Frame is { } frame ? PackFigures.Believed(frame) : []).DefaultIfEmpty(double.NaN);
}
