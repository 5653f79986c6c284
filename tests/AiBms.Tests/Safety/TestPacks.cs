using AiBms.Safety.Envelopes;
using AiBms.Safety.Limits;
using AiBms.Safety.Protection;
using AiBms.Safety.Signals;

namespace AiBms.Tests.Safety;

/// <summary>Limits of three packs, of the size of those the project ships: 96s and 12s NMC, 16s LFP.</summary>
public static class TestPacks
{
    public static SafetyLimits Ev96 => Nmc(96, 24);

    public static SafetyLimits Module12 => Nmc(12, 4);

    public static SafetyLimits Lfp16
    {
        get
        {
            var bands = Bands();
            bands[(int)LimitKind.CellVoltageHigh] = new() { Operating = 3.6f, Recommended = 3.63f, Safety = 3.65f, Hysteresis = 0.05f };
            bands[(int)LimitKind.CellVoltageLow] = new() { Operating = 2.9f, Recommended = 2.7f, Safety = 2.5f, Hysteresis = 0.1f };
            bands[(int)LimitKind.CoolantLevelLow] = LimitBand.Off;
            bands[(int)LimitKind.CoolantFlowLow] = LimitBand.Off;
            return Pack(16, 4, bands, nominalV: 3.3f) with
            {
                HasCoolantSensors = false,
                DeepDischarge = new() { DeepV = 2, RecoveredV = 2.6f, RecoveryCurrentA = 5 },
                Bleed = new() { MinCellV = 3.2f },
            };
        }
    }

    static SafetyLimits Nmc(int cells, int probes) => Pack(cells, probes, Bands(), nominalV: 3.7f);

    /// <summary>Bands of an NMC pack, in the order of <see cref="LimitKind"/>. Isolation: UN R100, 5.1.3, asks for 100 Ω/V (DC) and 500 Ω/V (with AC).</summary>
    static LimitBand[] Bands() =>
    [
        new() { Operating = 4.20f, Recommended = 4.23f, Safety = 4.25f, Hysteresis = 0.05f },
        new() { Operating = 3.0f, Recommended = 2.8f, Safety = 2.5f, Hysteresis = 0.1f },
        new() { Operating = 155, Recommended = 165, Safety = 180, Hysteresis = 5 },
        new() { Operating = 310, Recommended = 330, Safety = 360, Hysteresis = 10 },
        new() { Operating = 42, Recommended = 50, Safety = 55, Hysteresis = 2 },
        new() { Operating = 1, Recommended = 0, Safety = -5, Hysteresis = 1.8f },
        new() { Operating = 50, Recommended = 57, Safety = 60, Hysteresis = 3 },
        new() { Operating = -20, Recommended = -25, Safety = -30, Hysteresis = 2 },
        new() { Operating = 10, Recommended = 15, Safety = 25, Hysteresis = 2, FloorFraction = 0.3f, WarnDebounceMs = 1000, TripDebounceMs = 5000 },
        new() { Operating = 8, Recommended = 15, Safety = 60, Hysteresis = 2, FloorFraction = 0.3f, WarnDebounceMs = 1000, TripDebounceMs = 3000 },
        new() { Operating = 0.35f, Recommended = 0.6f, Safety = 1.2f, Hysteresis = 0.05f, FloorFraction = 0.5f, WarnDebounceMs = 1000, TripDebounceMs = 2000 },
        new() { Operating = 1000, Recommended = 500, Safety = 100, Hysteresis = 50, WarnDebounceMs = 2000, TripDebounceMs = 5000, ReleaseMs = 5000 },
        new() { Operating = 0.6f, Recommended = 0.4f, Safety = 0.1f, Hysteresis = 0.05f, FloorFraction = 0.3f, WarnDebounceMs = 5000, TripDebounceMs = 10_000 },
        new() { Operating = 6, Recommended = 4, Safety = 1, Hysteresis = 0.5f, FloorFraction = 0.3f, WarnDebounceMs = 3000, TripDebounceMs = 30_000 },
    ];

    static SafetyLimits Pack(int cells, int probes, LimitBand[] bands, float nominalV) => new()
    {
        CellCount = cells,
        ProbeCount = probes,
        ProbesNeeded = probes / 2,
        Bands = bands,
        ChargeTable = new([0, 10, 25], [15, 60, 150]),
        DischargeTable = new([-20, 0, 25], [60, 200, 300]),
        CoolantFlowTable = new([-40, -30, -20, -10, 0, 10, 20], [0.06f, 0.12f, 0.25f, 0.42f, 0.66f, 0.84f, 1]),
        SustainedDischargeA = 200,
        CurrentSignal = new() { Min = -1000, Max = 1000, Step = 1000, RatePerS = 100_000, StuckOthers = 1, ConfirmMs = 100 },
        PackVoltageSignal = new() { Min = -10, Max = 1.5f * cells * nominalV, Step = 2 * cells * nominalV, RatePerS = 10_000, StuckOthers = 1 },
        SumToleranceV = 3,
        HasRedundantCurrent = true,
        RestCurrentA = 2,
        HasIsolationMonitor = true,
        HasCoolantSensors = true,
        WorkingVoltageV = 4.25f * cells,
        OverrunA = 5,
        Contactors = new() { BreakCurrentA = 400 },
        Bleed = new() { MinCellV = 3.3f },
        DeepDischarge = new() { DeepV = 2.0f, RecoveredV = 2.8f, RecoveryCurrentA = 5, RecoveryMs = 3_600_000 },
    };
}
