namespace AiBms.Battery.Simulation;

/// <summary>A car whose traction power is shared evenly by its cells.</summary>
public sealed record VehicleOptions
{
    /// <summary>Mass with people, kg.</summary>
    public double MassKg { get; init; } = 1700;

    /// <summary>Drag coefficient times frontal area, m².</summary>
    public double DragAreaM2 { get; init; } = 0.65;

    /// <summary>Rolling resistance over weight.</summary>
    public double RollingRatio { get; init; } = 0.010;

    /// <summary>From battery to wheel and back, 0…1.</summary>
    public double DriveEfficiency { get; init; } = 0.88;

    /// <summary>Share of braking power that the motor can take.</summary>
    public double RegenerationFraction { get; init; } = 0.6;

    /// <summary>Lights, pumps and electronics, W.</summary>
    public double AccessoryPowerW { get; init; } = 500;

    /// <summary>Energy of the whole battery at the reference capacity, Wh: gives the number of cells.</summary>
    public double BatteryEnergyWh { get; init; } = 36_000;
}
