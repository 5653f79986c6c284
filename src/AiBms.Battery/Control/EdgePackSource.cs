using System.Globalization;
using AiBms.Battery.Estimation.Edge;

namespace AiBms.Battery.Control;

/// <summary>Writes what a microcontroller is told of a pack and of how it is charged as C99: two constant structures, hexadecimal floats.</summary>
public static class EdgePackSource
{
    /// <summary>Name of the files and of the pack's constant in C.</summary>
    public const string Symbol = "aibms_pack_exported";

    /// <summary>Name of the constant for charging.</summary>
    public const string ChargeSymbol = "aibms_charge_exported";

    /// <summary>Name of the thermal constant.</summary>
    public const string ThermalSymbol = "aibms_thermal_exported";

    /// <summary>The declaring header, with units and ranges.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="charge">How it is charged.</param>
    /// <param name="thermal">Thermal numbers of its cells.</param>
    /// <param name="title">Pack and cell, one line.</param>
    public static string Header(EdgePackRules pack, EdgeChargeRules charge, EdgeThermalRules thermal, string title) =>
        string.Create(CultureInfo.InvariantCulture, $$"""
        /* {{title}}. Made by `aibms export`: do not edit.
           {{pack.CellCount}} cells in series, each held within {{pack.LowestV}} to {{pack.HighestV}} V; rated currents of the pack {{pack.ChargeA}} A in, {{pack.DischargeA}} A out;
           charge cut-off {{charge.FullV}} V a cell, charging ends below {{charge.EndA}} A. Currents are positive while charging. */
        #ifndef AIBMS_PACK_EXPORTED_H
        #define AIBMS_PACK_EXPORTED_H

        #include "aibms/charge.h"
        #include "aibms/pack.h"
        #include "aibms/thermal.h"

        #if AIBMS_CELLS < {{pack.CellCount}}U
        #error "compile with -DAIBMS_CELLS={{pack.CellCount}}U"
        #endif

        extern const aibms_pack_rules {{Symbol}};
        extern const aibms_thermal_rules {{ThermalSymbol}};
        extern const aibms_charge_rules {{ChargeSymbol}};

        #endif

        """);

    /// <summary>The definitions.</summary>
    public static string Definition(EdgePackRules pack, EdgeChargeRules charge, EdgeThermalRules thermal, string title)
    {
        string scalars(IEnumerable<(string Name, float Value)> values) => string.Concat(values.Select(v => $"    .{v.Name} = {EdgeCellSource.Hex(v.Value)},\n"));
        return $"/* {title}. Made by `aibms export`: do not edit. */\n#include \"{Symbol}.h\"\n\n" +
            string.Create(CultureInfo.InvariantCulture, $"const aibms_pack_rules {Symbol} = {{\n    .version = AIBMS_PACK_VERSION,\n    .cell_count = {pack.CellCount}U,\n") +
            scalars(Scalars(pack)) + $"}};\n\nconst aibms_thermal_rules {ThermalSymbol} = {{\n    .version = AIBMS_THERMAL_VERSION,\n" + scalars(Scalars(thermal)) +
            $"}};\n\nconst aibms_charge_rules {ChargeSymbol} = {{\n    .version = AIBMS_CHARGE_VERSION,\n" + scalars(Scalars(charge)) +
            Points("stages", charge.Stages) + Points("by_temperature", charge.ByTemperature) + Points("by_soc", charge.BySoc) + "};\n";
    }

    static (string, float)[] Scalars(EdgePackRules p) =>
    [
        ("lowest_v", p.LowestV), ("highest_v", p.HighestV), ("charge_a", p.ChargeA), ("discharge_a", p.DischargeA), ("hottest_deg_c", p.HottestDegC),
        ("settled_k_per_w", p.SettledKPerW), ("bleed_ohm", p.BleedOhm), ("board_k_per_w", p.BoardKPerW), ("board_time_s", p.BoardTimeS), ("most_board_deg_c", p.MostBoardDegC),
    ];

    static (string, float)[] Scalars(EdgeThermalRules t) =>
    [
        ("slow_per_s", t.SlowPerS), ("fast_per_s", t.FastPerS), ("core_slow", t.CoreSlowFraction), ("case_slow", t.CaseSlowFraction), ("core_of_case", t.CoreOfCaseFactor), ("case_of_core", t.CaseOfCoreFactor),
        ("core_k_per_w", t.CoreKPerW), ("case_k_per_w", t.CaseKPerW), ("surroundings_walk_k2_per_h", t.SurroundingsWalkK2PerH),
    ];

    static (string, float)[] Scalars(EdgeChargeRules c) =>
    [
        ("capacity_ah", c.CapacityAh), ("rated_a", c.RatedA), ("full_v", c.FullV), ("margin_v", c.MarginV), ("taper_factor", c.TaperFactor), ("end_a", c.EndA),
        ("end_hold_s", c.EndHoldS), ("restart_below_soc", c.RestartBelowSoc), ("rise_a_per_s", c.RiseAPerS), ("settle_s", c.SettleS), ("unknown_a", c.UnknownA),
        ("pulse_factor", c.PulseFactor), ("pulse_s", c.PulseS), ("recover_s", c.RecoverS),
    ];

    /// <summary>Points that are not in use repeat the last: a table has no holes.</summary>
    static string Points(string name, EdgePoints points)
    {
        string row(IReadOnlyList<float> values) => string.Join(", ", Enumerable.Range(0, EdgePoints.Most).Select(k => EdgeCellSource.Hex(values[Math.Min(k, values.Count - 1)])));
        return string.Create(CultureInfo.InvariantCulture, $"    .{name} = {{\n        .count = {points.At.Count}U,\n        .at = {{{row(points.At)}}},\n        .value = {{{row(points.Value)}}},\n    }},\n");
    }
}
