using AiBms.Safety.Protection;

namespace AiBms.Safety;

/// <summary>What the protection reads in one step. Anything may be missing: then it is not a number. Current is positive while charging.</summary>
public readonly ref struct SafetyInput
{
    /// <summary>Time from a clock that should only advance, ms. May be anything; steps back are credited as nothing.</summary>
    public required long TimeMs { get; init; }

    /// <summary>Cell voltages in series order, V. A wrong length counts as all missing.</summary>
    public required ReadOnlySpan<float> CellVoltageV { get; init; }

    /// <summary>Which balancing resistors are on now; empty where there are none.</summary>
    public ReadOnlySpan<bool> BleedOn { get; init; }

    /// <summary>Temperature probes, °C. A wrong length counts as all missing.</summary>
    public required ReadOnlySpan<float> ProbeTemperatureDegC { get; init; }

    /// <summary>Pack current, A, positive while charging.</summary>
    public required float CurrentA { get; init; }

    /// <summary>Second current sensor, A; read only where the limits say it is fitted.</summary>
    public float RedundantCurrentA { get; init; }

    /// <summary>Voltage on the cells' side of the contactors, V.</summary>
    public required float PackVoltageV { get; init; }

    /// <summary>Voltage on the load's side of the contactors, V.</summary>
    public required float LinkVoltageV { get; init; }

    /// <summary>Isolation resistance, Ω; read only where a monitor is fitted.</summary>
    public float IsolationOhm { get; init; }

    /// <summary>Coolant level, fraction of full; read only where it is measured.</summary>
    public float CoolantLevelFraction { get; init; }

    /// <summary>Coolant flow, litres per minute; read only where it is measured.</summary>
    public float CoolantFlowLPerMin { get; init; }

    /// <summary>Coolant, °C; not a number where it is not measured. Cold coolant is thick, so that less may flow.</summary>
    public required float CoolantDegC { get; init; }

    /// <summary>True while the pump is told to run: only then must coolant flow.</summary>
    public bool PumpOn { get; init; }

    /// <summary>Gas in the housing, ppm; not a number where no sensor is fitted.</summary>
    public required float GasPpm { get; init; }

    /// <summary>Pressure in the housing, kPa; not a number where no sensor is fitted.</summary>
    public required float PressureKPa { get; init; }

    /// <summary>Temperature of the board with the balancing resistors, °C; not a number where it is not measured.</summary>
    public required float BoardTemperatureDegC { get; init; }

    /// <summary>Auxiliary contact of the plus contactor.</summary>
    public AuxContact PlusAux { get; init; }

    /// <summary>Auxiliary contact of the minus contactor.</summary>
    public AuxContact MinusAux { get; init; }

    /// <summary>Auxiliary contact of the precharge relay.</summary>
    public AuxContact PrechargeAux { get; init; }

    /// <summary>True while the interlock loop is closed.</summary>
    public required bool InterlockClosed { get; init; }

    /// <summary>True once a crash has been seen.</summary>
    public bool CrashDetected { get; init; }

    /// <summary>True while a charger is connected: an empty pack may then close, to be charged.</summary>
    public bool ChargerConnected { get; init; }

    /// <summary>True while closing is asked for.</summary>
    public bool CloseRequested { get; init; }

    /// <summary>What a service asks for.</summary>
    public ServiceRequest Service { get; init; }

    /// <summary>The service's answer to the challenge in the output.</summary>
    public uint ServiceAnswer { get; init; }
}
