using AiBms.Battery.Packs;
using AiBms.Telemetry;
using AiBms.Telemetry.Can;
using AiBms.Telemetry.Can.Dbc;

namespace AiBms.Agent.Ports.Can;

/// <summary>Puts a command into frames: every message that has a mapped signal is sent with every command.</summary>
sealed class CanOrders
{
    readonly List<(DbcMessage Message, byte[] Data, List<CanTarget> Targets)> _messages = [];
    readonly int _bleedFrom = Enum.GetValues<CanOrder>().Length;

    public CanOrders(PackLayout layout, CanMap map, DbcFile dbc)
    {
        double sign = map.CurrentIsPositiveWhile == PositiveWhile.Charging ? 1 : -1;
        foreach (var (order, name) in map.Orders)
            Add(dbc, name, (int)order, order is CanOrder.ChargeLimitA or CanOrder.DischargeLimitA or CanOrder.CurrentA ? "A" : order.ToString().EndsWith("Fraction", StringComparison.Ordinal) ? "Fraction" : "", order == CanOrder.CurrentA ? sign : 1);
        for (int n = 0; n < layout.SeriesCount && map.BleedOrder is not null; n++) Add(dbc, CanSlots.Numbered(map.BleedOrder, n), _bleedFrom + n, "", 1);
    }

    /// <summary>Sends a command.</summary>
    public void Send(PackCommand command, ICanSink sink)
    {
        foreach (var (message, data, targets) in _messages)
        {
            foreach (var target in targets) target.Signal.Write(Value(command, target.Slot) / target.Factor, data);
            sink.Send(message.Key, data);
        }
    }

    void Add(DbcFile dbc, string name, int slot, string unit, double sign)
    {
        var (message, signal) = dbc.Find(name);
        if (message.Length > 8 || signal.Multiplexor is not null) throw new DataException($"{dbc.Name}: {message.Name}.{signal.Name} cannot be sent: orders go in messages of at most 8 bytes without multiplexing.");
        var known = _messages.Find(m => m.Message == message);
        if (known.Message is null) _messages.Add(known = (message, new byte[message.Length], []));
        known.Targets.Add(new(signal, slot, unit.Length == 0 ? 1 : sign * CanUnits.Factor(signal, unit, dbc.Name)));
    }

    double Value(PackCommand command, int slot) => slot >= _bleedFrom ? command.Bleed[slot - _bleedFrom] ? 1 : 0 : (CanOrder)slot switch
    {
        CanOrder.PlusClosed => command.PlusClosed ? 1 : 0,
        CanOrder.MinusClosed => command.MinusClosed ? 1 : 0,
        CanOrder.PrechargeClosed => command.PrechargeClosed ? 1 : 0,
        CanOrder.ChargeLimitA => command.ChargeLimitA,
        CanOrder.DischargeLimitA => command.DischargeLimitA,
        CanOrder.CurrentA => command.CurrentA,
        CanOrder.PumpDutyFraction => command.PumpDutyFraction,
        CanOrder.ChillerFraction => command.ChillerFraction,
        CanOrder.HeaterFraction => command.HeaterFraction,
        _ => command.FlowReversed ? 1 : 0,
    };
}
