using System.Globalization;

namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>The constant-current tables of Samsung 30Q cells: seven columns without a header, told by power = current · voltage.</summary>
sealed class Samsung30QDialect : IDialect
{
    const int LookedAt = 50;

    /// <summary>Power is written with five digits; current and voltage too.</summary>
    const double RelativeTolerance = 2e-3;

    static readonly string[] Columns = ["time_s", "current_a", "voltage_v", "power_w", "cell_temp_c", "strain", "ambient_temp_c"];

    /// <inheritdoc/>
    public string Name => "samsung-30q";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        int rows = Math.Min(head.Lines.Count, LookedAt), fitting = 0;
        double last = double.NegativeInfinity;
        for (int line = 0; line < rows; line++)
        {
            if (!TryRead(head.Fields(line, ','), out double[] v) || v[0] <= last)
                return null;
            last = v[0];
            fitting += Math.Abs(v[3] - v[1] * v[2]) <= RelativeTolerance * Math.Abs(v[3]) + 1e-4 ? 1 : 0;
        }

        if (rows < 3 || fitting < rows * 0.9)
            return null;
        var header = new HeaderRow(-1, ',', Columns);
        return Layout.From(Name, header, $"there is no header, but in {fitting} of the first {rows} rows of seven numbers the fourth is the second times the third (power = current · voltage)")
            .Bind(header, Role.Time, "s", "time_s")
            .Bind(header, Role.Current, "A", "current_a")
            .Bind(header, Role.Voltage, "V", "voltage_v")
            .BindExtra(header, "power_w", "W", "power_w")
            .Bind(header, Role.Temperature, "degC", "cell_temp_c")
            .BindExtra(header, "strain", "", "strain")
            .Bind(header, Role.Ambient, "degC", "ambient_temp_c");
    }

    static bool TryRead(string[] fields, out double[] values)
    {
        values = new double[Columns.Length];
        if (fields.Length != Columns.Length)
            return false;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.TryParse(fields[i], CultureInfo.InvariantCulture, out values[i]))
                return false;
        }

        return true;
    }
}
