using AiBms.Telemetry;
using AiBms.Telemetry.Can.Dbc;

namespace AiBms.Agent.Ports.Can;

/// <summary>What a bus's units are in ours. A unit that is not known is refused: none is guessed.</summary>
static class CanUnits
{
    static readonly Dictionary<string, (string Ours, double Factor)> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["V"] = ("V", 1),
        ["mV"] = ("V", 1e-3),
        ["A"] = ("A", 1),
        ["mA"] = ("A", 1e-3),
        ["degC"] = ("DegC", 1),
        ["°C"] = ("DegC", 1),
        ["C"] = ("DegC", 1),
        ["deg C"] = ("DegC", 1),
        ["Ohm"] = ("Ohm", 1),
        ["kOhm"] = ("Ohm", 1e3),
        ["MOhm"] = ("Ohm", 1e6),
        ["L/min"] = ("LPerMin", 1),
        ["l/min"] = ("LPerMin", 1),
        ["kPa"] = ("KPa", 1),
        ["Pa"] = ("KPa", 1e-3),
        ["bar"] = ("KPa", 100),
        ["mbar"] = ("KPa", 0.1),
        ["ppm"] = ("Ppm", 1),
        ["%"] = ("Fraction", 0.01),
        ["1"] = ("Fraction", 1),
        [""] = ("Fraction", 1),
    };

    /// <summary>What a physical value is to be multiplied by.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="ours">Our unit: the end of our name.</param>
    /// <param name="file">The DBC file, for messages.</param>
    /// <exception cref="DataException">The signal's unit is not one of that kind.</exception>
    public static double Factor(DbcSignal signal, string ours, string file)
    {
        // Letters of the degree sign are lost in files of another code page.
        string unit = signal.Unit.EndsWith('C') && signal.Unit.Length == 2 ? "°C" : signal.Unit;
        if (s_known.TryGetValue(unit, out var known) && known.Ours == ours) return known.Factor;
        string wanted = string.Join(", ", s_known.Where(k => k.Value.Ours == ours && k.Key.Length > 0).Select(k => k.Key));
        throw new DataException($"{file}: the signal {signal.Name} has the unit '{signal.Unit}': write one of {wanted}.");
    }
}
