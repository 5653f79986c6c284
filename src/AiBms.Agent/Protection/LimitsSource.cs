using System.Globalization;
using System.Text;
using AiBms.Battery.Estimation.Edge;
using AiBms.Safety.Limits;
using AiBms.Safety.Signals;

namespace AiBms.Agent.Protection;

/// <summary>Writes <see cref="SafetyLimits"/> as C99 for the runtime in <c>firmware/</c>: one constant structure, hexadecimal floats.</summary>
public static class LimitsSource
{
    /// <summary>Name of the constant in C.</summary>
    public const string Symbol = "aibms_limits_exported";

    /// <summary>Room for points of a table, cells and probes that the C structures are compiled for.</summary>
    public const int TablePoints = 16, Cells = 96, Probes = 32;

    /// <summary>The declaring header.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="title">Pack and command, one line.</param>
    public static string Header(SafetyLimits limits, string title) =>
        string.Create(CultureInfo.InvariantCulture, $$"""
        /* {{title}}. Made by `aibms export`: do not edit.
           {{limits.CellCount}} cells, {{limits.ProbeCount}} probes; voltages in V, currents in A (positive while charging), temperatures in degC, times in ms. */
        #ifndef AIBMS_LIMITS_EXPORTED_H
        #define AIBMS_LIMITS_EXPORTED_H

        #include "aibms/safety.h"

        #if (AIBMS_CELLS < {{limits.CellCount}}U) || (AIBMS_PROBES < {{limits.ProbeCount}}U)
        #error "compile with -DAIBMS_CELLS={{limits.CellCount}}U -DAIBMS_PROBES={{limits.ProbeCount}}U"
        #endif

        extern const aibms_limits {{Symbol}};

        #endif

        """);

    /// <summary>The definition.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="title">Pack and command, one line.</param>
    /// <exception cref="ArgumentException">The pack has more cells, probes or points of a table than the C structures hold.</exception>
    public static string Definition(SafetyLimits limits, string title)
    {
        if (limits.CellCount > Cells || limits.ProbeCount > Probes || limits.ChargeTable.CurrentA.Length > TablePoints || limits.DischargeTable.CurrentA.Length > TablePoints
            || limits.CoolantFlowTable.FlowFraction.Length > TablePoints)
            throw new ArgumentException($"the microcontroller's structures hold {Cells} cells, {Probes} probes and {TablePoints} points of a table; this pack has more");
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"/* {title}. Made by `aibms export`: do not edit. */\n#include \"{Symbol}.h\"\n\nconst aibms_limits {Symbol} = {{\n    AIBMS_SAFETY_VERSION,\n");
        Line(text, limits.CellCount, limits.ProbeCount, limits.ProbesNeeded);
        text.Append("    {\n");
        foreach (var band in limits.Bands)
            text.Append(CultureInfo.InvariantCulture, $"        {{{Truth(band.Enabled)}, {Words(band.Operating, band.Recommended, band.Safety, band.Hysteresis, band.FloorFraction)}, {band.WarnDebounceMs}, {band.TripDebounceMs}, {band.ReleaseMs}}},\n");
        text.Append("    },\n");
        Table(text, limits.ChargeTable.TemperatureDegC, limits.ChargeTable.CurrentA);
        Table(text, limits.DischargeTable.TemperatureDegC, limits.DischargeTable.CurrentA);
        Table(text, limits.CoolantFlowTable.TemperatureDegC, limits.CoolantFlowTable.FlowFraction);
        Line(text, Lasting(limits.SustainedChargeA), Lasting(limits.SustainedDischargeA), limits.SustainedOverS, limits.RecoveryPerS, limits.SensorLostFraction);
        foreach (var signal in (SignalBand[])[limits.CellSignal, limits.ProbeSignal, limits.CurrentSignal, limits.PackVoltageSignal])
            text.Append(CultureInfo.InvariantCulture, $"    {{{Words(signal.Min, signal.Max, signal.Step, signal.RatePerS, signal.StuckOthers)}, {signal.ConfirmMs}, {signal.LostMs}}},\n");
        Line(text, limits.SumToleranceV);
        Line(text, limits.MismatchMs);
        text.Append(CultureInfo.InvariantCulture, $"    {Truth(limits.HasRedundantCurrent)}, {Truth(limits.HasIsolationMonitor)}, {Truth(limits.HasCoolantSensors)},\n");
        Line(text, limits.RedundantToleranceA, limits.RedundantFraction, limits.RestCurrentA);
        Line(text, limits.SlowSensorLostMs);
        Line(text, limits.WorkingVoltageV);
        Line(text, limits.InterlockMs);
        Line(text, limits.OverrunFraction, limits.OverrunA);
        Line(text, limits.OverrunMs, limits.AssumedStepMs, limits.MaxStepMs, limits.ClockLostMs);
        text.Append(CultureInfo.InvariantCulture, $"    {limits.ServiceKey}U,\n");
        Rest(text, limits);
        return text.Append("};\n").ToString();
    }

    static void Rest(StringBuilder text, SafetyLimits limits)
    {
        var rules = limits.Contactors;
        int[] times =
        [
            rules.TravelMs, rules.SelfCheckMs, rules.WeldTestMs, rules.WeldAfterOpeningMs, rules.PrechargeTimeoutMs, rules.PrechargeConfirmMs, rules.PrechargeTries,
            rules.RetryWaitMs, rules.JoinMs, rules.RecloseWaitMs, rules.FadeMs, rules.FuseWaitMs, rules.StaggerMs, rules.MaxOpenings, rules.OpeningForgottenMs,
        ];
        text.Append("    {").Append(string.Join(", ", times)).Append(",\n     ")
            .Append(Words(rules.WeldRiseFraction, rules.WeldToleranceV, rules.PrechargeEndV, rules.PrechargeEndA, rules.PrechargeMaxA, rules.FadeA, rules.BreakCurrentA)).Append("},\n");
        Line(text, limits.Bleed.SettleMs, limits.Bleed.MaxBlindMs);
        Line(text, limits.Bleed.MaxBoardDegC, limits.Bleed.MinCellV, limits.DeepDischarge.DeepV, limits.DeepDischarge.RecoveredV, limits.DeepDischarge.RecoveryCurrentA);
        Line(text, limits.DeepDischarge.RecoveryMs, limits.DeepDischarge.DebounceMs);
        var signs = limits.Runaway;
        text.Append(CultureInfo.InvariantCulture, $"    {{{Words(signs.DropV, signs.DropMemoryS, signs.RateKPerS, signs.RateSmoothingS, signs.GasPpm, signs.PressureKPa)}, {signs.DebounceMs}, {signs.HoldMs}}},\n");
    }

    /// <summary>A current that may last for ever, and so binds nothing, stays a number that can be squared.</summary>
    static float Lasting(float currentA) => Math.Min(currentA, 1e6f);

    static void Table(StringBuilder text, float[] temperaturesDegC, float[] values)
    {
        static float[] Padded(float[] values) => [.. values, .. Enumerable.Repeat(0f, TablePoints - values.Length)];
        text.Append(CultureInfo.InvariantCulture, $"    {{{values.Length}U, {{{Words(Padded(temperaturesDegC))}}}, {{{Words(Padded(values))}}}}},\n");
    }

    static void Line(StringBuilder text, params int[] values) => text.Append("    ").Append(string.Join(", ", values)).Append(",\n");

    static void Line(StringBuilder text, params float[] values) => text.Append("    ").Append(Words(values)).Append(",\n");

    static string Words(params float[] values) => string.Join(", ", values.Select(EdgeCellSource.Hex));

    static string Truth(bool value) => value ? "true" : "false";
}
