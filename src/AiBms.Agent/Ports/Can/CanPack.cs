using AiBms.Battery.Packs;
using AiBms.Telemetry;
using AiBms.Telemetry.Can;
using AiBms.Telemetry.Can.Dbc;

namespace AiBms.Agent.Ports.Can;

/// <summary>A pack on a CAN bus, or a log of one: the same DBC file and map for both.</summary>
public sealed class CanPack : IPackPort, IWishes, IDisposable
{
    /// <summary>A log that is silent for longer is a bus that was switched off: its time is passed over, s.</summary>
    const double SilentS = 10;

    readonly ICanSource _source;
    readonly ICanSink? _sink;
    readonly CanSlots _slots;
    readonly CanOrders _orders;
    readonly TimeProvider? _clock;
    readonly double _stepS;
    readonly bool _hasKey;
    readonly long _origin;
    double _nowS = double.NaN, _zeroS;
    CanFrame? _held;

    /// <param name="layout">The pack.</param>
    /// <param name="map">Which signal is what.</param>
    /// <param name="dbc">The bus.</param>
    /// <param name="source">Its frames.</param>
    /// <param name="sink">Where commands go; null: nowhere.</param>
    /// <param name="clock">The clock of a live bus; null where the times of a log count.</param>
    /// <param name="stepS">Time from reading to reading of a log, s.</param>
    /// <exception cref="DataException">The map does not fit pack or bus.</exception>
    public CanPack(PackLayout layout, CanMap map, DbcFile dbc, ICanSource source, ICanSink? sink, TimeProvider? clock, double stepS)
    {
        (Layout, _source, _sink, _clock, _stepS) = (layout, source, sink, clock, stepS);
        (_slots, _orders) = (new(layout, map, dbc), new(layout, map, dbc));
        _hasKey = map.Flags.ContainsKey(CanFlag.OnWanted);
        _origin = clock?.GetTimestamp() ?? 0;
    }

    /// <inheritdoc/>
    public PackLayout Layout { get; }

    /// <summary>Time of the last reading, s; as its frames have it where it is of a log.</summary>
    public double TimeS => _nowS;

    /// <inheritdoc/>
    public bool IsOnWanted => !_hasKey || _slots.IsSet(CanFlag.OnWanted, _nowS);

    /// <inheritdoc/>
    /// <exception cref="DataException">A log has no frame at all, or is damaged.</exception>
    public bool TryRead(PackReading reading)
    {
        if (_clock is { } clock)
        {
            _nowS = clock.GetElapsedTime(_origin).TotalSeconds;
            while (_source.TryRead(out var frame)) _slots.Take(frame, _nowS);
        }
        else if (!Advance())
        {
            return false;
        }

        _slots.Fill(reading, _nowS);
        // A log is played as if it were of now: whether its frames count from the epoch or from its start.
        reading.TimeS -= _zeroS;
        return true;
    }

    /// <inheritdoc/>
    public void Write(PackCommand command)
    {
        if (_sink is not null) _orders.Send(command, _sink);
    }

    /// <summary>Takes what a log has of the next step.</summary>
    bool Advance()
    {
        if (_held is not { } next)
        {
            if (!_source.TryRead(out next)) return double.IsNaN(_nowS) ? throw new DataException("The CAN log holds no frame with data: record with candump -l while the bus is on, or give another file.") : false;
            if (double.IsNaN(_nowS)) _zeroS = next.TimeS;
            _held = next;
        }

        // A log begins, and goes on after a silence, where its frames say.
        _nowS = next.TimeS <= _nowS + SilentS ? _nowS + _stepS : next.TimeS + _stepS;
        while (_held is { } frame && frame.TimeS <= _nowS)
        {
            _slots.Take(frame, frame.TimeS);
            _held = _source.TryRead(out var later) ? later : null;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        (_sink as IDisposable)?.Dispose();
    }
}
