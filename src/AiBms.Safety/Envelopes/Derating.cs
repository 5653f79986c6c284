using AiBms.Safety.Limits;

namespace AiBms.Safety.Envelopes;

/// <summary>How much of the table a limit leaves.</summary>
static class Derating
{
    /// <summary>What the straight line leaves at least: only the debounced level stops a current, so that noise at the edge cannot toggle it.</summary>
    const float Sliver = 0.02f;

    /// <summary>1 up to Operating, a straight line down towards the floor at Recommended, and the floor for as long as that level lasts.</summary>
    internal static float Fraction(SafetyLimits limits, SafetyMemory memory, int kind, out LimitLevel level)
    {
        var band = limits.Bands[kind];
        float value = memory.KindValue[kind];
        level = LimitLevel.Operating;
        if (memory.Levels[kind * LimitKinds.Levels + 1].Active || memory.Levels[kind * LimitKinds.Levels + 2].Active)
        {
            level = LimitLevel.Recommended;
            return band.FloorFraction;
        }

        // Without a believed value there is nothing to derate by; the lost sensor has its own limits.
        if (float.IsNaN(value)) return 1;
        float past = LimitKinds.IsLow((LimitKind)kind) ? band.Operating - value : value - band.Operating;
        float width = MathF.Abs(band.Recommended - band.Operating);
        if (past <= 0) return 1;
        if (past >= width) return band.FloorFraction > Sliver ? band.FloorFraction : Sliver;
        float fraction = 1 - (1 - band.FloorFraction) * past / width;
        return fraction > Sliver ? fraction : Sliver;
    }

    /// <summary>The named limit of a kind.</summary>
    internal static LimitName Name(LimitKind kind) => kind switch
    {
        LimitKind.CellVoltageHigh => LimitName.CellVoltageHigh,
        LimitKind.CellVoltageLow => LimitName.CellVoltageLow,
        LimitKind.ChargeTemperatureHigh => LimitName.ChargeTemperatureHigh,
        LimitKind.ChargeTemperatureLow => LimitName.ChargeTemperatureLow,
        LimitKind.TemperatureHigh => LimitName.TemperatureHigh,
        LimitKind.DischargeTemperatureLow => LimitName.DischargeTemperatureLow,
        LimitKind.TemperatureSpread => LimitName.TemperatureSpread,
        LimitKind.TemperatureRate => LimitName.TemperatureRate,
        LimitKind.VoltageSpread => LimitName.VoltageSpread,
        LimitKind.IsolationLow => LimitName.IsolationLow,
        LimitKind.CoolantLevelLow => LimitName.CoolantLevelLow,
        _ => LimitName.CoolantFlowLow,
    };
}
