using System.Globalization;
using AiBms.Telemetry.Readings;

namespace AiBms.Telemetry.Bdf;

/// <summary>Column labels of the Battery Data Format, and ours for what it has no label for.</summary>
static class BdfColumns
{
    /// <summary>Required: seconds since the start.</summary>
    public const string TestTime = "Test Time / s";

    /// <summary>Required.</summary>
    public const string Voltage = "Voltage / V";

    /// <summary>Required; positive while charging.</summary>
    public const string Current = "Current / A";

    /// <summary>Case temperature.</summary>
    public const string SurfaceTemperature = "Surface Temperature / degC";

    /// <summary>Temperature of the surroundings.</summary>
    public const string AmbientTemperature = "Ambient Temperature / degC";

    /// <summary>Charge put in less charge taken out.</summary>
    public const string NetCapacity = "Net Capacity / Ah";

    /// <summary>Ours: the file's own state of charge, 0…1.</summary>
    public const string Soc = "State of Charge / 1";

    /// <summary>Ours: name of the series inside the file.</summary>
    public const string Series = "Series";

    static readonly (string Prefix, string Suffix, string Name, string Unit)[] Numbered =
    [
        ("Cell Voltage ", " / V", "V_", "V"),
        ("Temperature T", " / degC", "T_", "degC"),
    ];

    /// <summary>The label under which an extra column is written.</summary>
    public static string Label(ExtraColumn extra)
    {
        foreach ((string prefix, string suffix, string name, string _) in Numbered)
        {
            if (extra.Name.StartsWith(name, StringComparison.Ordinal) && int.TryParse(extra.Name.AsSpan(name.Length), CultureInfo.InvariantCulture, out _))
                return prefix + extra.Name[name.Length..] + suffix;
        }

        return $"{extra.Name} / {(extra.Unit.Length == 0 ? "1" : extra.Unit)}";
    }

    /// <summary>Binds every column not bound yet that is written "name / unit".</summary>
    public static void BindExtras(Layout layout, HeaderRow header)
    {
        for (int i = 0; i < header.Names.Length; i++)
        {
            string label = header.Names[i];
            int slash = label.LastIndexOf(" / ", StringComparison.Ordinal);
            if (slash <= 0 || layout.Columns.Any(column => column.Index == i))
                continue;
            string unit = label[(slash + 3)..];
            layout.Columns.Add(new(Role.Extra, i, label, OurName(label, slash), unit is "1" ? "" : unit));
        }
    }

    static string OurName(string label, int slash)
    {
        foreach ((string prefix, string suffix, string name, string _) in Numbered)
        {
            if (label.StartsWith(prefix, StringComparison.Ordinal) && label.EndsWith(suffix, StringComparison.Ordinal)
                && int.TryParse(label.AsSpan(prefix.Length, slash - prefix.Length), CultureInfo.InvariantCulture, out int number))
                return name + number.ToString(CultureInfo.InvariantCulture);
        }

        return label[..slash];
    }
}
