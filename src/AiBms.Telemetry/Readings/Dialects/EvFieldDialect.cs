using System.Globalization;

namespace AiBms.Telemetry.Readings.Dialects;

/// <summary>Cars on the road through their telematics box: tboxTime, pack values, V_1 … for each cell, T_1 … for each probe.</summary>
/// <remarks>Some boxes send the probes 40 higher than they are, as CAN encodes them; the car's own hottest probe shows it.</remarks>
sealed class EvFieldDialect : IDialect
{
    const double CanOffsetDegC = 40;

    /// <inheritdoc/>
    public string Name => "ev-field";

    /// <inheritdoc/>
    public Layout? Recognise(FileHead head)
    {
        if (head.Find("tboxTime", "BMSBatteryVoltage", "BMSBatteryCurrent") is not { } header)
            return null;
        var layout = Layout.From(Name, header, "the header has tboxTime, BMSBatteryVoltage and BMSBatteryCurrent")
            .Bind(header, Role.Voltage, "V", "BMSBatteryVoltage")
            .Bind(header, Role.Current, "A", "BMSBatteryCurrent")
            .Bind(header, Role.Temperature, "degC", "BMSProbeTempMax")
            .Bind(header, Role.Soc, "", "vehBMSPackSOC")
            .BindExtra(header, "speed_kmh", "km/h", "vehSpeed")
            .BindExtra(header, "probe_temp_min_c", "degC", "BMSProbeTempMin")
            .BindExtra(header, "warning_level", "", "BMSWarningInformation")
            .BindExtra(header, "cell_voltage_max_v", "V", "BMSCellVoltageMax")
            .BindExtra(header, "cell_voltage_min_v", "V", "BMSCellVoltageMin")
            .BindNumbered(header, "V_", "V", "V")
            .BindNumbered(header, "T_", "T", "degC");
        layout.Columns.Insert(0, new(Role.Time, header.IndexOf("tboxTime"), "tboxTime", "", "s", Form: FieldForm.Timestamp));
        ShiftProbes(layout, header, head);
        return layout;
    }

    static void ShiftProbes(Layout layout, HeaderRow header, FileHead head)
    {
        int[] probes = [.. Enumerable.Range(0, header.Names.Length).Where(i => header.Names[i].StartsWith("T_", StringComparison.Ordinal))];
        int hottest = header.IndexOf("BMSProbeTempMax"), rows = 0, shifted = 0;
        for (int line = header.FirstDataLine; line < head.Lines.Count; line++)
        {
            string[] fields = head.Fields(line, header.Delimiter);
            if (fields.Length <= probes.DefaultIfEmpty(0).Max() || !TryNumber(fields[hottest], out double stated))
                continue;
            // Probes that send an error code (255, 511) are not the hottest.
            double[] read = [.. probes.Where(i => TryNumber(fields[i], out _)).Select(i => double.Parse(fields[i], CultureInfo.InvariantCulture)).Where(t => t < 200)];
            if (read.Length == 0)
                continue;
            rows++;
            shifted += Math.Abs(read.Max() - CanOffsetDegC - stated) < 3 ? 1 : 0;
        }

        if (rows == 0 || shifted < 0.9 * rows)
            return;
        layout.Evidence.Add($"in {shifted} of {rows} rows the hottest probe reads 40 more than BMSProbeTempMax, so 40 is taken off every T_ column");
        for (int i = 0; i < layout.Columns.Count; i++)
        {
            if (layout.Columns[i].Name.StartsWith("T_", StringComparison.Ordinal))
                layout.Columns[i] = layout.Columns[i] with { Offset = -CanOffsetDegC };
        }
    }

    static bool TryNumber(string field, out double number) => double.TryParse(field, CultureInfo.InvariantCulture, out number);
}
