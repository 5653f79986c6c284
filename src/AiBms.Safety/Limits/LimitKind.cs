namespace AiBms.Safety.Limits;

/// <summary>The quantities that have a limit in three levels. The order is the order of their rows in the fault catalogue.</summary>
public enum LimitKind : byte
{
    /// <summary>Highest trusted cell voltage, V.</summary>
    CellVoltageHigh,

    /// <summary>Lowest trusted cell voltage, V.</summary>
    CellVoltageLow,

    /// <summary>Charge current, A.</summary>
    ChargeCurrentHigh,

    /// <summary>Discharge current, A, positive.</summary>
    DischargeCurrentHigh,

    /// <summary>Highest trusted temperature as far as charging is concerned, °C.</summary>
    ChargeTemperatureHigh,

    /// <summary>Lowest trusted temperature as far as charging is concerned, °C.</summary>
    ChargeTemperatureLow,

    /// <summary>Highest trusted temperature whatever flows, °C.</summary>
    TemperatureHigh,

    /// <summary>Lowest trusted temperature as far as discharging is concerned, °C.</summary>
    DischargeTemperatureLow,

    /// <summary>Hottest minus coldest trusted probe (the gradient across the pack), K.</summary>
    TemperatureSpread,

    /// <summary>Fastest smoothed rise of a probe, K/min.</summary>
    TemperatureRate,

    /// <summary>Highest minus lowest trusted cell voltage, V.</summary>
    VoltageSpread,

    /// <summary>Isolation resistance over the highest working voltage, Ω/V.</summary>
    IsolationLow,

    /// <summary>Coolant level, fraction of full.</summary>
    CoolantLevelLow,

    /// <summary>Coolant flow while the pump is on, litres per minute.</summary>
    CoolantFlowLow,
}
