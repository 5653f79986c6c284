using System.Globalization;
using AiBms.Battery.Packs;
using AiBms.Telemetry;
using AiBms.Telemetry.Can;
using AiBms.Telemetry.Can.Dbc;

namespace AiBms.Agent.Ports.Can;

/// <summary>The latest value of every mapped signal with its time: cells, probes, bleeding, single signals, flags, in this order.</summary>
sealed class CanSlots
{
    static readonly PackSignal[] s_currents = [PackSignal.CurrentA, PackSignal.RedundantCurrentA], s_signals = Enum.GetValues<PackSignal>();
    static readonly int s_flags = Enum.GetValues<CanFlag>().Length;

    readonly Dictionary<uint, (DbcMessage Message, List<CanTarget> Targets)> _byKey = [];
    readonly double[] _values, _timeS;
    readonly int _cells, _probes;
    readonly double _missingAfterS;

    public CanSlots(PackLayout layout, CanMap map, DbcFile dbc)
    {
        (_cells, _probes, _missingAfterS) = (layout.SeriesCount, layout.Probes.Count, map.MissingAfterS);
        int count = Slot((CanFlag)s_flags);
        (_values, _timeS) = (new double[count], new double[count]);
        Array.Fill(_timeS, double.NegativeInfinity);
        for (int n = 0; n < _cells; n++) Add(dbc, Numbered(map.CellVoltage, n), n, "V", 1);
        if (_probes > 0 && map.ProbeTemperature is null) throw new DataException($"The map of {dbc.Name} has no probeTemperature, the pack {layout.Id} has {_probes} probes: add it.");
        for (int n = 0; n < _probes; n++) Add(dbc, Numbered(map.ProbeTemperature!, n), _cells + n, "DegC", 1);
        for (int n = 0; n < _cells && map.BleedOn is not null; n++) Add(dbc, Numbered(map.BleedOn, n), _cells + _probes + n, "", 1);
        double sign = map.CurrentIsPositiveWhile == PositiveWhile.Charging ? 1 : -1;
        foreach (var (signal, name) in map.Signals) Add(dbc, name, Slot(signal), Unit(signal), Array.IndexOf(s_currents, signal) >= 0 ? sign : 1);
        foreach (var (flag, name) in map.Flags) Add(dbc, name, Slot(flag), "", 1);
    }

    /// <summary>Takes in what a frame has of the mapped signals.</summary>
    public void Take(in CanFrame frame, double timeS)
    {
        if (!_byKey.TryGetValue(frame.Key, out var known)) return;
        var data = frame.Data.Span;
        foreach (var target in known.Targets)
            if (known.Message.Has(target.Signal, data)) (_values[target.Slot], _timeS[target.Slot]) = (target.Signal.Physical(data) * target.Factor, timeS);
    }

    /// <summary>Fills a reading with what is not too old.</summary>
    public void Fill(PackReading reading, double nowS)
    {
        reading.Clear();
        reading.TimeS = nowS;
        for (int n = 0; n < _cells; n++)
        {
            reading.BleedOn[n] = Fresh(_cells + _probes + n, nowS) is var bleeds && double.IsFinite(bleeds) && bleeds != 0;
            reading.CellVoltageV[n] = Fresh(n, nowS);
            reading.CellQualities[n] = Quality(reading.CellVoltageV[n], reading.BleedOn[n] ? SignalQuality.Bleeding : SignalQuality.Good);
        }

        for (int n = 0; n < _probes; n++)
        {
            reading.ProbeTemperatureDegC[n] = Fresh(_cells + n, nowS);
            reading.ProbeQualities[n] = Quality(reading.ProbeTemperatureDegC[n], SignalQuality.Good);
        }

        foreach (var signal in s_signals) reading[signal] = Fresh(Slot(signal), nowS);
        reading.InterlockClosed = IsSet(CanFlag.InterlockClosed, nowS);
        reading.ChargerConnected = IsSet(CanFlag.ChargerConnected, nowS);
        reading.CrashDetected = IsSet(CanFlag.CrashDetected, nowS);
        (reading.PlusContact, reading.MinusContact, reading.PrechargeContact) = (Contact(CanFlag.PlusContact, nowS), Contact(CanFlag.MinusContact, nowS), Contact(CanFlag.PrechargeContact, nowS));
    }

    /// <summary>True where a flag came lately and is not 0.</summary>
    public bool IsSet(CanFlag flag, double nowS) => Fresh(Slot(flag), nowS) is var value && double.IsFinite(value) && value != 0;

    /// <summary>Name of one of a row, n counted from 1.</summary>
    public static string Numbered(string pattern, int index)
    {
        int at = pattern.IndexOf("{n", StringComparison.Ordinal), end = at < 0 ? -1 : pattern.IndexOf('}', at);
        if (end < 0) throw new DataException($"'{pattern}' in the map has no {{n}}: write where the number goes, such as Cell{{n:00}}.");
        string form = pattern[(at + 2)..end].TrimStart(':');
        return pattern[..at] + (index + 1).ToString(form, CultureInfo.InvariantCulture) + pattern[(end + 1)..];
    }

    /// <summary>Our unit: what stands at the end of a signal's name.</summary>
    static string Unit(PackSignal signal)
    {
        string name = signal.ToString();
        foreach (string unit in (ReadOnlySpan<string>)["Fraction", "LPerMin", "DegC", "Ohm", "KPa", "Ppm", "V", "A"])
            if (name.EndsWith(unit, StringComparison.Ordinal)) return unit;
        throw new ArgumentOutOfRangeException(nameof(signal), signal, "A signal's name ends in its unit.");
    }

    void Add(DbcFile dbc, string name, int slot, string unit, double sign)
    {
        var (message, signal) = dbc.Find(name);
        if (!_byKey.TryGetValue(message.Key, out var known)) _byKey.Add(message.Key, known = (message, []));
        known.Targets.Add(new(signal, slot, unit.Length == 0 ? 1 : sign * CanUnits.Factor(signal, unit, dbc.Name)));
    }

    double Fresh(int slot, double nowS) => nowS - _timeS[slot] <= _missingAfterS ? _values[slot] : double.NaN;

    ContactState Contact(CanFlag flag, double nowS) => Fresh(Slot(flag), nowS) is var value && double.IsNaN(value) ? ContactState.Unknown : value != 0 ? ContactState.Closed : ContactState.Open;

    static SignalQuality Quality(double value, SignalQuality where) => double.IsFinite(value) ? where : SignalQuality.Missing;

    int Slot(PackSignal signal) => 2 * _cells + _probes + (int)signal;

    int Slot(CanFlag flag) => 2 * _cells + _probes + s_signals.Length + (int)flag;
}
