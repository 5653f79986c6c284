using System.Globalization;
using AiBms.Agent.Chain;
using AiBms.Battery.Control;
using AiBms.Safety.Envelopes;
using AiBms.Safety.Faults;
using AiBms.Safety.Protection;
using AiBms.Storage;

namespace AiBms.Server.Fleet;

/// <summary>Numbers of records as words for people.</summary>
static class Words
{
    public const string Unknown = "unknown until measured";

    const string Latched = "Latched fault";

    public static FaultRow? Row(int fault) => fault >= 0 && fault < FaultCatalogue.Count ? FaultCatalogue.Row((FaultCode)fault) : null;

    public static string Sentence(StoredEvent e) => e.Rule is { } rule ? rule.Text : Row(e.FaultCode) is null ? $"fault {e.FaultCode}, which this program does not know: update it" : Sentence((FaultCode)e.FaultCode, e.Where, e.MeasuredValues[0], e.MeasuredValues[1], e.IsTap);

    static string Sentence(FaultCode code, int where, double value, double threshold, bool isTap) => new PackEvent(0, true, code, where, (float)value, (float)threshold, 0, isTap).Sentence;

    public static string Advice(StoredEvent e) => e.Rule?.Advice ?? Row(e.IsTap ? (int)FaultCode.CellVoltageLost : e.FaultCode)?.Advice ?? "";

    /// <summary>1 information, 2 warning, 3 fatal.</summary>
    public static int Level(StoredEvent e) => e.Rule?.Level ?? 1 + (int)(Row(e.FaultCode)?.Level ?? FaultLevel.Warning);

    /// <summary>Name of the fault or of the rule.</summary>
    public static string Name(StoredEvent e) => e.Rule?.Name ?? Row(e.FaultCode)?.Id ?? "";

    /// <summary>0 nothing, 1 information, 2 warning, 3 fatal: the worst fault that lasts, and fatal while the protection holds the pack open.</summary>
    public static int Level(FleetPack pack) => IsHeldOpen(pack) ? 3 : pack.Events.Where(e => e.ClearedMs is null).Select(Level).DefaultIfEmpty(0).Max();

    /// <summary>The worst fault that lasts; while the protection holds the pack open, also the last one that opened it, though without current it may be gone.</summary>
    public static StoredEvent? Worst(FleetPack pack) => pack.Events.Where(e => e.ClearedMs is null || (IsHeldOpen(pack) && e.Rule is null && Level(e) == 3))
        .OrderByDescending(Level).ThenBy(e => e.ClearedMs is not null).ThenBy(e => e.ClearedMs is null ? e.RaisedMs : -e.RaisedMs).FirstOrDefault();

    /// <summary>The worst fault as a sentence, with what became of it; empty where there is none.</summary>
    public static string WorstSentence(FleetPack pack) => Worst(pack) switch
    {
        null => IsHeldOpen(pack) ? "The protection holds the contactors open; what opened it is no longer listed." : "",
        { ClearedMs: null } lasts => Sentence(lasts),
        var gone => Sentence(gone) + " It is gone; the contactors stay open until closing is asked for afresh" + (State(pack) == Latched ? " and service has reset the fault." : "."),
    };

    /// <summary>Data older than this are no longer of now, s.</summary>
    public const double SilentS = 10;

    /// <summary>True where a pack has told nothing for a while, or nothing ever: its state and faults are then not known.</summary>
    public static bool IsSilent(FleetPack pack, DateTimeOffset now) => pack.Frame is null || (now - pack.ReceivedAt).TotalSeconds > SilentS;

    /// <summary>State as it is known now.</summary>
    public static string State(FleetPack pack, DateTimeOffset now) => pack.Has(Telemetry.Frames.PackFlags.Ended) ? $"Recording ended, was: {State(pack)}"
        : pack.Frame is not null && IsSilent(pack, now) ? $"Silent, was: {State(pack)}" : State(pack);

    static bool IsHeldOpen(FleetPack pack) => pack.Frame is { } frame && (ProtectionState)frame.ProtectionCode is ProtectionState.Open or ProtectionState.LatchedFault;

    static string State(FleetPack pack) => pack.Frame is { } frame ? (ProtectionState)frame.ProtectionCode switch
    {
        ProtectionState.Off => "Off",
        ProtectionState.Precharge => "Precharge",
        ProtectionState.Closed => "On line",
        ProtectionState.Derated => "On line, restricted",
        ProtectionState.Open => "Opened for protection",
        _ => Latched,
    } : "No data yet";

    /// <summary>What binds a limit.</summary>
    public static string LimitReason(double[] values) => values.Length < 6 ? "" : Why(values);

    static string Why(double[] values)
    {
        var name = (LimitName)(byte)values[1];
        if (name == LimitName.NotClosed) return "the contactors are open";
        if (name == LimitName.Fault && Row((int)values[5]) is not null) return "fault: " + Sentence((FaultCode)(int)values[5], (int)values[2], values[3], values[4], isTap: false);
        if (name == LimitName.CurrentTable) return string.Create(CultureInfo.InvariantCulture, $"current table: {values[4]:0} A at {values[3]:0.0} °C (probe {values[2] + 1:0})");
        // The catalogue counts these in ms, which nobody reads.
        if (name == LimitName.SensorLost) return $"no believable reading{(values[2] >= 0 ? string.Create(CultureInfo.InvariantCulture, $" of probe {values[2] + 1:0}") : " of the coolant")} for {Duration(1e-3 * values[3])}";
        (string unit, string what) = UnitOf(name);
        string place = values[2] >= 0 ? string.Create(CultureInfo.InvariantCulture, $" at {what} {values[2] + 1:0}") : "";
        string numbers = double.IsFinite(values[3]) && double.IsFinite(values[4]) ? string.Create(CultureInfo.InvariantCulture, $": {values[3]:0.###} {unit} against {values[4]:0.###} {unit}") : "";
        return name == LimitName.Command ? "estimate of what the cells can do" : Spaced(name.ToString()) + place + numbers;
    }

    /// <summary>Unit of a limit's numbers, and what its place counts.</summary>
    static (string Unit, string Place) UnitOf(LimitName name) => name switch
    {
        LimitName.CellVoltageHigh or LimitName.CellVoltageLow or LimitName.VoltageSpread or LimitName.DeepDischarge => ("V", "cell"),
        LimitName.ChargeTemperatureHigh or LimitName.ChargeTemperatureLow or LimitName.TemperatureHigh or LimitName.DischargeTemperatureLow => ("°C", "probe"),
        LimitName.TemperatureSpread => ("K", "probe"),
        LimitName.TemperatureRate => ("K/min", "probe"),
        LimitName.IsolationLow => ("Ω/V", "place"),
        LimitName.CoolantFlowLow => ("L/min", "place"),
        LimitName.SustainedCurrent => ("A", "place"),
        _ => ("", "place"),
    };

    /// <summary>Why the charge current is what it is.</summary>
    public static string Charge(double[] v) => v.Length < 5 ? "no charger connected" : new ChargeDecision(v[0], (ChargeReason)(byte)v[1], v[2], v[3], (int)v[4], 0).Sentence;

    public static string Number(double value, string format, string unit, string unknown = Unknown) => double.IsFinite(value) ? (Plain(value.ToString(format, CultureInfo.InvariantCulture)) + " " + unit).TrimEnd() : unknown;

    /// <summary>A zero that was rounded from below has no sign.</summary>
    static string Plain(string number) => number.StartsWith('-') && number.All(c => c is '-' or '0' or '.') ? number[1..] : number;

    /// <summary>Time of day; with the date where it is not today's.</summary>
    public static string Time(long ms, DateTimeOffset now) => DateTimeOffset.FromUnixTimeMilliseconds(ms) is var at && at.UtcDateTime.Date == now.UtcDateTime.Date ? at.ToString("HH:mm:ss", CultureInfo.InvariantCulture) + " UTC" : at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    public static string Percent(double fraction, string format = "0.0") => Number(100 * fraction, format, "%");

    public static string Duration(double seconds) => !double.IsFinite(seconds) ? Unknown : seconds < 90 ? Number(seconds, "0", "s") : seconds < 5400 ? Number(seconds / 60, "0", "min") : Number(seconds / 3600, "0.0", "h");

    static string Spaced(string name) => string.Concat(name.Select((c, k) => char.IsUpper(c) ? (k > 0 ? " " : "") + char.ToLowerInvariant(c) : c.ToString()));
}
