namespace AiBms.Safety.Limits;

/// <summary>What is fixed about each <see cref="LimitKind"/>: on which side it is bad and which current makes it worse.</summary>
public static class LimitKinds
{
    /// <summary>Number of kinds.</summary>
    public const int Count = 14;

    /// <summary>Levels of a kind: Operating, Recommended, Safety.</summary>
    public const int Levels = 3;

    /// <summary>True where a small value is the bad one.</summary>
    public static bool IsLow(LimitKind kind) =>
        kind is LimitKind.CellVoltageLow or LimitKind.ChargeTemperatureLow or LimitKind.DischargeTemperatureLow
            or LimitKind.IsolationLow or LimitKind.CoolantLevelLow or LimitKind.CoolantFlowLow;

    /// <summary>True where the limit cuts the charge current.</summary>
    public static bool CutsCharge(LimitKind kind) =>
        kind is not (LimitKind.CellVoltageLow or LimitKind.DischargeCurrentHigh or LimitKind.ChargeCurrentHigh or LimitKind.DischargeTemperatureLow);

    /// <summary>True where the limit cuts the discharge current.</summary>
    public static bool CutsDischarge(LimitKind kind) =>
        kind is not (LimitKind.CellVoltageHigh or LimitKind.ChargeCurrentHigh or LimitKind.DischargeCurrentHigh
            or LimitKind.ChargeTemperatureHigh or LimitKind.ChargeTemperatureLow or LimitKind.IsolationLow);
}
