namespace AiBms.Telemetry.Readings;

/// <summary>Takes the unit out of a column's name: "Test_Time(s)", "Ewe/V", "Current [mA]", "Temperature (°C)".</summary>
static class ColumnUnit
{
    /// <summary>Name without unit, underscores as blanks, and the unit; an empty unit where the name states none.</summary>
    public static (string Name, string Unit) Split(string column)
    {
        int open = column.LastIndexOfAny(['(', '[']);
        if (open > 0 && column[^1] is ')' or ']')
            return (Plain(column[..open]), column[(open + 1)..^1].Trim());
        int slash = column.LastIndexOf('/');
        return slash > 0 ? (Plain(column[..slash]), column[(slash + 1)..].Trim()) : (Plain(column), "");
    }

    /// <summary>Factor from a written unit to ours (s, V, A, Ah, °C, W); null for a unit that does not fit the role.</summary>
    public static double? Factor(Role role, string unit) => role switch
    {
        Role.Time => unit switch { "s" or "S" or "sec" or "Sec" or "seconds" => 1, "ms" => 1e-3, "min" or "Min" => 60, "h" or "H" or "hr" or "hours" => 3600, _ => null },
        Role.Voltage => unit switch { "V" or "v" or "Volt" => 1, "mV" => 1e-3, _ => null },
        Role.Current => unit switch { "A" or "a" or "Amp" => 1, "mA" => 1e-3, "uA" or "µA" => 1e-6, _ => null },
        Role.Charge or Role.ChargeIn or Role.ChargeOut => unit switch { "Ah" or "A.h" or "AH" => 1, "mAh" or "mA.h" => 1e-3, _ => null },
        Role.Temperature or Role.Ambient => unit switch { "C" or "°C" or "degC" or "℃" or "deg C" or "ºC" => 1, _ => null },
        _ => null,
    };

    static string Plain(string name) => name.Replace('_', ' ').Trim();
}
