using AiBms.Safety.Envelopes;
using AiBms.Safety.Protection;
using AiBms.Safety.Runaway;
using AiBms.Safety.Signals;

namespace AiBms.Safety.Limits;

/// <summary>Everything the protection of one pack is told: set once, validated, never learned.</summary>
public sealed record SafetyLimits
{
    /// <summary>Cells in series that have a tap each.</summary>
    public required int CellCount { get; init; }

    /// <summary>Temperature probes.</summary>
    public required int ProbeCount { get; init; }

    /// <summary>Probes that must be believable, at least 1.</summary>
    public int ProbesNeeded { get; init; } = 1;

    /// <summary>The bands by <see cref="LimitKind"/>.</summary>
    public required LimitBand[] Bands { get; init; }

    /// <summary>Charge current by the coldest probe.</summary>
    public required CurrentTable ChargeTable { get; init; }

    /// <summary>Discharge current by the coldest probe; values positive.</summary>
    public required CurrentTable DischargeTable { get; init; }

    /// <summary>How much less may flow when the coolant is cold.</summary>
    public FlowTable CoolantFlowTable { get; init; } = FlowTable.Thin;

    /// <summary>Charge current that may last for ever, A; the table is allowed for pulses.</summary>
    public float SustainedChargeA { get; init; } = float.MaxValue;

    /// <summary>Discharge current that may last for ever, A; the table is allowed for pulses.</summary>
    public float SustainedDischargeA { get; init; } = float.MaxValue;

    /// <summary>Time over which the squared current is averaged for that, s.</summary>
    public float SustainedOverS { get; init; } = 60;

    /// <summary>How fast a limit that was cut comes back, share of the table per second.</summary>
    public float RecoveryPerS { get; init; } = 0.25f;

    /// <summary>Share of the table that is left while a probe or a coolant sensor is lost, 0…1.</summary>
    public float SensorLostFraction { get; init; } = 0.5f;

    /// <summary>The cell voltage sensors.</summary>
    public SignalBand CellSignal { get; init; } = new() { Min = 0.2f, Max = 4.95f, Step = 0.4f, RatePerS = 0.5f, StuckOthers = 0.05f };

    /// <summary>The temperature probes. A probe warms slowly, so it counts as lost later.</summary>
    public SignalBand ProbeSignal { get; init; } = new() { Min = -45, Max = 200, Step = 2, RatePerS = 5, StuckOthers = 10, LostMs = 3000 };

    /// <summary>The current sensors.</summary>
    public required SignalBand CurrentSignal { get; init; }

    /// <summary>Pack and link voltage.</summary>
    public required SignalBand PackVoltageSignal { get; init; }

    /// <summary>Largest difference of the cells' sum and the pack voltage, V.</summary>
    public required float SumToleranceV { get; init; }

    /// <summary>How long it may last, ms; also for the redundant current.</summary>
    public int MismatchMs { get; init; } = 1000;

    /// <summary>True where a second current sensor is fitted.</summary>
    public bool HasRedundantCurrent { get; init; }

    /// <summary>Largest difference of the two current sensors, A, plus <see cref="RedundantFraction"/> of the current.</summary>
    public float RedundantToleranceA { get; init; } = 5;

    /// <summary>Share of the current that is allowed as difference on top.</summary>
    public float RedundantFraction { get; init; } = 0.02f;

    /// <summary>Current above which the pack is not at rest, A; nothing above it may flow with the contactors open.</summary>
    public required float RestCurrentA { get; init; }

    /// <summary>True where an isolation monitor is fitted: without its value the contactors do not close.</summary>
    public bool HasIsolationMonitor { get; init; }

    /// <summary>True where coolant level and flow are measured.</summary>
    public bool HasCoolantSensors { get; init; }

    /// <summary>Time without isolation or coolant value before it is missed, ms.</summary>
    public int SlowSensorLostMs { get; init; } = 10_000;

    /// <summary>Highest working voltage, by which the isolation resistance is divided, V.</summary>
    public required float WorkingVoltageV { get; init; }

    /// <summary>Time the interlock must be open before it counts, ms.</summary>
    public int InterlockMs { get; init; } = 100;

    /// <summary>Share of the allowed current by which the measured one may exceed it.</summary>
    public float OverrunFraction { get; init; } = 0.1f;

    /// <summary>Current by which it may exceed it on top, A.</summary>
    public required float OverrunA { get; init; }

    /// <summary>How long it may exceed it, ms: the time a load needs to follow.</summary>
    public int OverrunMs { get; init; } = 2000;

    /// <summary>Step credited where the clock does not advance, ms.</summary>
    public int AssumedStepMs { get; init; } = 100;

    /// <summary>Longest step credited, ms.</summary>
    public int MaxStepMs { get; init; } = 1000;

    /// <summary>How long the clock may stand still, ms of assumed steps.</summary>
    public int ClockLostMs { get; init; } = 2000;

    /// <summary>Mixed into the service challenge, so that an answer for one pack does not fit another.</summary>
    public uint ServiceKey { get; init; } = 0x9E3779B9;

    /// <summary>Contactors and precharge.</summary>
    public required ContactorLimits Contactors { get; init; }

    /// <summary>Balancing resistors.</summary>
    public required BleedLimits Bleed { get; init; }

    /// <summary>Deep discharge.</summary>
    public required DeepDischargeLimits DeepDischarge { get; init; }

    /// <summary>Thermal runaway.</summary>
    public RunawayLimits Runaway { get; init; } = new();

    /// <summary>A copy that shares nothing that can change.</summary>
    internal SafetyLimits Copy() => this with
    {
        Bands = [.. Bands],
        ChargeTable = new([.. ChargeTable.TemperatureDegC], [.. ChargeTable.CurrentA]),
        DischargeTable = new([.. DischargeTable.TemperatureDegC], [.. DischargeTable.CurrentA]),
        CoolantFlowTable = new([.. CoolantFlowTable.TemperatureDegC], [.. CoolantFlowTable.FlowFraction]),
    };

    /// <summary>Refuses limits that contradict themselves.</summary>
    /// <exception cref="ArgumentException">Says which limit and why.</exception>
    public void Validate()
    {
        if (CellCount < 1 || ProbeCount < 1 || ProbesNeeded < 1 || ProbesNeeded > ProbeCount)
            throw new ArgumentException("safety limits: at least one cell and one probe are needed, and no more probes than there are");
        if (Bands.Length != LimitKinds.Count)
            throw new ArgumentException($"safety limits: {LimitKinds.Count} bands are needed, one per kind in order");
        for (int i = 0; i < Bands.Length; i++) Bands[i].Validate((LimitKind)i);
        ChargeTable.Validate("charge table");
        DischargeTable.Validate("discharge table");
        CoolantFlowTable.Validate();
        CellSignal.Validate("cell signal");
        ProbeSignal.Validate("probe signal");
        CurrentSignal.Validate("current signal");
        PackVoltageSignal.Validate("pack voltage signal");
        Contactors.Validate();
        Bleed.Validate();
        DeepDischarge.Validate();
        Runaway.Validate();
        if (!(SumToleranceV > 0) || !(RestCurrentA > 0) || !(WorkingVoltageV > 0) || !(OverrunA > 0) || !(RedundantToleranceA > 0)
            || !(SustainedChargeA > 0) || !(SustainedDischargeA > 0) || !(SustainedOverS > 0) || !(RecoveryPerS > 0)
            || !(OverrunFraction >= 0) || !(RedundantFraction >= 0) || !(SensorLostFraction is >= 0 and <= 1))
            throw new ArgumentException("safety limits: tolerances, currents and voltages must be > 0 and shares within 0…1");
        if (AssumedStepMs < 1 || MaxStepMs < AssumedStepMs || ClockLostMs < 1 || MismatchMs < 0 || InterlockMs < 0 || OverrunMs < 0 || SlowSensorLostMs < 1)
            throw new ArgumentException("safety limits: times must be > 0 ms and the longest step not below the assumed one");
    }
}
