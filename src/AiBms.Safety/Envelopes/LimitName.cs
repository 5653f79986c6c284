namespace AiBms.Safety.Envelopes;

/// <summary>The named limits; the allowed current is the least of them.</summary>
public enum LimitName : byte
{
    /// <summary>The table by temperature.</summary>
    CurrentTable,

    /// <summary>The current that may last for ever.</summary>
    SustainedCurrent,

    /// <summary>A high cell voltage.</summary>
    CellVoltageHigh,

    /// <summary>A low cell voltage.</summary>
    CellVoltageLow,

    /// <summary>A high temperature while charging.</summary>
    ChargeTemperatureHigh,

    /// <summary>A low temperature while charging.</summary>
    ChargeTemperatureLow,

    /// <summary>A high temperature.</summary>
    TemperatureHigh,

    /// <summary>A low temperature while discharging.</summary>
    DischargeTemperatureLow,

    /// <summary>The gradient across the pack.</summary>
    TemperatureSpread,

    /// <summary>A fast rise of temperature.</summary>
    TemperatureRate,

    /// <summary>Uneven cell voltages.</summary>
    VoltageSpread,

    /// <summary>Low isolation.</summary>
    IsolationLow,

    /// <summary>Little coolant.</summary>
    CoolantLevelLow,

    /// <summary>Little coolant flow.</summary>
    CoolantFlowLow,

    /// <summary>A lost probe or coolant sensor.</summary>
    SensorLost,

    /// <summary>A deeply discharged cell.</summary>
    DeepDischarge,

    /// <summary>A fault of the catalogue that forbids this direction; the binding names it.</summary>
    Fault,

    /// <summary>The contactors are not closed, or closing is no longer asked for.</summary>
    NotClosed,

    /// <summary>What the command itself asked for.</summary>
    Command,
}
