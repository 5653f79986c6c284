using System.Globalization;
using System.Text;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>Writes an <see cref="EdgeCell"/> as C99: one constant structure, every number a hexadecimal float, so that no bit is lost.</summary>
public static class EdgeCellSource
{
    /// <summary>Name of the constant in C.</summary>
    public const string Symbol = "aibms_cell_exported";

    /// <summary>The declaring header, with the cell's range in its comment.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="title">Cell and command, one line.</param>
    public static string Header(EdgeCell cell, string title) =>
        string.Create(CultureInfo.InvariantCulture, $$"""
        /* {{title}}. Made by `aibms export`: do not edit.
           Capacity {{cell.CapacityAh}} Ah. Readings above {{cell.LowestV}} V and below {{cell.HighestV}} V, within 1000 C, above -60 and below 150 degC;
           what lies outside counts as no reading. Current is positive while charging. Resistances are known from {{cell.FirstTemperatureDegC}} to
           {{cell.FirstTemperatureDegC + (cell.TemperatureCount - 1) / cell.TemperaturePerK}} degC and held beyond. */
        #ifndef AIBMS_CELL_EXPORTED_H
        #define AIBMS_CELL_EXPORTED_H

        #include "aibms/cell.h"

        extern const aibms_cell {{Symbol}};

        #endif

        """);

    /// <summary>The definition.</summary>
    public static string Definition(EdgeCell cell, string title)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"/* {title}. Made by `aibms export`: do not edit. */\n#include \"{Symbol}.h\"\n\nconst aibms_cell {Symbol} = {{\n");
        text.Append(CultureInfo.InvariantCulture, $"    .version = AIBMS_CELL_VERSION,\n    .temperature_count = {cell.TemperatureCount}U,\n    .is_steady = {(cell.IsSteady ? 1 : 0)}U,\n");
        foreach ((string name, float value) in Scalars(cell))
            text.Append(CultureInfo.InvariantCulture, $"    .{name} = {Hex(value)},\n");
        text.Append("    .ocv_v = {").Append(Row(cell.OcvV.Span)).Append("},\n");
        Table(text, "curve", cell.Curve.Span, EdgeCell.CurveWidth, "    ");
        text.Append("    .resistance_ohm = {\n");
        int plane = EdgeCell.SocNodes * EdgeCell.ResistanceWidth;
        for (int t = 0; t < EdgeCell.MaxTemperatures; t++)
        {
            text.Append("        {\n");
            Rows(text, cell.ResistanceOhm.Span.Slice(t * plane, plane), EdgeCell.ResistanceWidth, "            ");
            text.Append("        },\n");
        }

        text.Append("    },\n");
        Table(text, "row", cell.Row.Span, EdgeCell.RowWidth, "    ");
        return text.Append("};\n").ToString();
    }

    /// <summary>A finite float as C writes it in hexadecimal: sign, 0x1.fraction, p, exponent.</summary>
    public static string Hex(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value), fraction = (bits & 0x7FFFFF) << 1;
        int exponent = (int)((bits >> 23) & 0xFF);
        string sign = bits >> 31 == 0 ? "" : "-";
        if (exponent == 0 && fraction == 0) return sign + "0.0F";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}0x{(exponent == 0 ? 0 : 1)}.{fraction:x6}p{(exponent == 0 ? -126 : exponent - 127):+0;-0}F");
    }

    static (string Name, float Value)[] Scalars(EdgeCell cell) =>
    [
        ("first_temperature_deg_c", cell.FirstTemperatureDegC), ("temperature_per_k", cell.TemperaturePerK), ("capacity_ah", cell.CapacityAh),
        ("soc_per_as", cell.SocPerAs), ("charge_efficiency", cell.ChargeEfficiency), ("hysteresis_rate", cell.HysteresisRate),
        ("error_per_s", cell.ErrorPerS), ("rest_error_v", cell.RestErrorV), ("lowest_v", cell.LowestV), ("highest_v", cell.HighestV),
        ("offset_deviation_a", cell.OffsetDeviationA), ("offset_walk_a2_per_s", cell.OffsetWalkA2PerS), ("gain_variance_s", cell.GainVarianceS),
        ("resistance_variance_fraction", cell.ResistanceVarianceFraction), ("pair_variance_fraction", cell.PairVarianceFraction),
        ("excess_walk_per_s", cell.ExcessWalkPerS), ("past_load_a", cell.PastLoadA),
        ("past_load_deviation_a", cell.PastLoadDeviationA), ("core_k_per_w", cell.CoreKPerW), ("core_per_s", cell.CorePerS),
    ];

    static void Table(StringBuilder text, string name, ReadOnlySpan<float> values, int width, string indent)
    {
        text.Append(CultureInfo.InvariantCulture, $"{indent}.{name} = {{\n");
        Rows(text, values, width, indent + "    ");
        text.Append(CultureInfo.InvariantCulture, $"{indent}}},\n");
    }

    static void Rows(StringBuilder text, ReadOnlySpan<float> values, int width, string indent)
    {
        for (int at = 0; at < values.Length; at += width) text.Append(indent).Append('{').Append(Row(values.Slice(at, width))).Append("},\n");
    }

    static string Row(ReadOnlySpan<float> values) => string.Join(", ", values.ToArray().Select(Hex));
}
