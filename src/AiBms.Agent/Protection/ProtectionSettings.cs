using AiBms.Battery.Packs;
using AiBms.Safety.Limits;
using AiBms.Safety.Signals;

namespace AiBms.Agent.Protection;

/// <summary>A pack's protection as its file has it: what cannot be read off the layout.</summary>
public sealed record ProtectionSettings
{
    /// <summary>Id of the pack it is for.</summary>
    public required string Pack { get; init; }

    /// <summary>Where the numbers come from, in words.</summary>
    public required string Source { get; init; }

    /// <summary>The limits that this pack has, by kind; a kind that is left out has none.</summary>
    public required IReadOnlyDictionary<LimitKind, BandSetting> Bands { get; init; }

    /// <summary>Charge current by the coldest probe.</summary>
    public required CurrentTable ChargeTable { get; init; }

    /// <summary>Discharge current by the coldest probe, positive.</summary>
    public required CurrentTable DischargeTable { get; init; }

    /// <summary>Share of its warm flow that the sound loop still moves with cold coolant; left out where the coolant is never thick.</summary>
    public FlowTable? CoolantFlowTable { get; init; }

    /// <summary>Charge current that may last, A.</summary>
    public required float SustainedChargeA { get; init; }

    /// <summary>Discharge current that may last, A.</summary>
    public required float SustainedDischargeA { get; init; }

    /// <summary>Largest current the sensors can show, A.</summary>
    public required float SensorRangeA { get; init; }

    /// <summary>Largest difference of the cells' sum and the pack voltage, V.</summary>
    public required float SumToleranceV { get; init; }

    /// <summary>Current above which the pack is not at rest, A.</summary>
    public required float RestCurrentA { get; init; }

    /// <summary>Current below which precharge is done, A.</summary>
    public required float PrechargeEndA { get; init; }

    /// <summary>Lowest cell voltage that may be bled, V.</summary>
    public required float BleedMinV { get; init; }

    /// <summary>Cell voltage below which charging needs a qualification, V.</summary>
    public required float DeepDischargeV { get; init; }

    /// <summary>Cell voltage at which a recovery charge is over, V.</summary>
    public required float RecoveredV { get; init; }

    /// <summary>Largest current of a recovery charge, A.</summary>
    public required float RecoveryCurrentA { get; init; }

    /// <summary>Time between two samples of the pack, ms; a signal is lost after ten of them, and not before 1 s.</summary>
    public required int SampleMs { get; init; }

    /// <summary>The limits of a pack of this layout.</summary>
    /// <exception cref="ArgumentException">The limits contradict themselves or each other; the message says which and why.</exception>
    public SafetyLimits ToLimits(PackLayout layout)
    {
        if (layout.Id != Pack) throw new ArgumentException($"the protection of {Pack} does not fit the pack {layout.Id}");
        var bands = new LimitBand[LimitKinds.Count];
        for (int kind = 0; kind < bands.Length; kind++) bands[kind] = Bands.TryGetValue((LimitKind)kind, out var setting) ? setting.ToBand() : LimitBand.Off;
        int lostMs = Math.Max(1000, 10 * SampleMs);
        float workingV = layout.SeriesCount * (Bands.TryGetValue(LimitKind.CellVoltageHigh, out var high) ? high.Safety : 4.25f);
        var limits = new SafetyLimits
        {
            CellCount = layout.SeriesCount,
            ProbeCount = layout.Probes.Count,
            ProbesNeeded = (layout.Probes.Count + 1) / 2,
            Bands = bands,
            ChargeTable = ChargeTable,
            DischargeTable = DischargeTable,
            CoolantFlowTable = CoolantFlowTable ?? FlowTable.Thin,
            SustainedChargeA = SustainedChargeA,
            SustainedDischargeA = SustainedDischargeA,
            CurrentSignal = new() { Min = -SensorRangeA, Max = SensorRangeA, Step = SensorRangeA, RatePerS = 100 * SensorRangeA, StuckOthers = 1, ConfirmMs = 100, LostMs = lostMs },
            PackVoltageSignal = new() { Min = -10, Max = 1.5f * workingV, Step = 2 * workingV, RatePerS = 100 * workingV, StuckOthers = 1, LostMs = lostMs },
            SumToleranceV = SumToleranceV,
            HasRedundantCurrent = layout.Sensors.RedundantCurrent,
            HasIsolationMonitor = layout.Sensors.Isolation,
            HasCoolantSensors = layout.Sensors.Coolant,
            WorkingVoltageV = workingV,
            RestCurrentA = RestCurrentA,
            OverrunA = 2 * RestCurrentA,
            AssumedStepMs = SampleMs,
            MaxStepMs = Math.Max(1000, 2 * SampleMs),
            ClockLostMs = Math.Max(2000, 3 * SampleMs),
            Contactors = new()
            {
                BreakCurrentA = (float)layout.Contactors.BreakCurrentA,
                TravelMs = Math.Max(100, (int)(3000 * layout.Contactors.TravelS)),
                PrechargeEndA = PrechargeEndA,
            },
            Bleed = new() { MinCellV = BleedMinV, MaxBoardDegC = (float)layout.Balancing.MaxBoardDegC, MaxBlindMs = Math.Max(500, 3 * SampleMs) },
            DeepDischarge = new() { DeepV = DeepDischargeV, RecoveredV = RecoveredV, RecoveryCurrentA = RecoveryCurrentA },
        };
        limits = limits with { CellSignal = limits.CellSignal with { LostMs = lostMs }, ProbeSignal = limits.ProbeSignal with { LostMs = 3 * lostMs } };
        limits.Validate();
        return limits;
    }
}
