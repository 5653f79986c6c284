using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Safety.Limits;

namespace AiBms.Agent.Ports;

/// <summary>A layout and limits for a record of a pack of which nothing is known but the record.</summary>
public static class RecordedDesign
{
    /// <summary>No sensor of a pack shows more, A: beyond it are the codes of a bus for "not available", which say nothing of the range.</summary>
    public const double MostA = 3000;

    /// <summary>The layout: the cells and probes that the record has, in one module, nothing else fitted.</summary>
    /// <param name="cell">Id of the cell type that stands in.</param>
    /// <param name="seriesCount">Cells in series.</param>
    /// <param name="parallelCount">Cells in parallel.</param>
    /// <param name="probeCount">Probes; spread evenly over the cells.</param>
    public static PackLayout Layout(string cell, int seriesCount, int parallelCount, int probeCount) => new()
    {
        Id = "recorded",
        Name = $"{seriesCount} cells in series, as recorded",
        Cell = cell,
        SeriesCount = seriesCount,
        ParallelCount = parallelCount,
        Modules = [new("recorded", 0, seriesCount)],
        Probes = [.. Enumerable.Range(0, probeCount).Select(k => new TemperatureProbe($"T_{k + 1}", k * seriesCount / probeCount, ProbePlace.Case))],
        Wiring = new(0, 0, 0),
        Contactors = new(1000, 0.03, 100, 0.001, 50_000, HasAuxiliaryContacts: false),
        Balancing = new(33, 1, 300, 85),
        Cooling = new(CoolingKind.Air, "", 1, 0, 0, 0, 0, 0, Reversible: false),
        Sensors = new(RedundantCurrent: false, Isolation: false, Coolant: false, Gas: false, HousingPressure: false, Interlock: false),
        Source = new("read off a record; wiring, contactors, balancing and cooling are not in it", SourceCheck.Estimate),
    };

    /// <summary>The limits: voltages of the cell's ratings, usual temperatures, and no limit on currents, since the maker's are not in the record.</summary>
    /// <param name="layout">The pack.</param>
    /// <param name="ratings">Ratings of the cell that stands in.</param>
    /// <param name="sampleS">Time from row to row, s.</param>
    /// <param name="largestA">Largest current in the record, A.</param>
    public static SafetyLimits Limits(PackLayout layout, CellRatings ratings, double sampleS, double largestA)
    {
        float high = (float)ratings.MaxVoltageV, low = (float)ratings.MinVoltageV, rangeA = (float)Math.Max(100, 2 * largestA), workingV = high * layout.SeriesCount;
        int sampleMs = (int)Math.Max(100, Math.Round(1000 * sampleS)), lostMs = Math.Max(1000, 10 * sampleMs);
        var bands = new LimitBand[LimitKinds.Count];
        Array.Fill(bands, LimitBand.Off);
        bands[(int)LimitKind.CellVoltageHigh] = Band(high, high + 0.03f, high + 0.05f, 0.05f);
        bands[(int)LimitKind.CellVoltageLow] = Band(low + 0.2f, low, low - 0.3f, 0.1f);
        bands[(int)LimitKind.ChargeTemperatureHigh] = Band(45, 52, 57, 2);
        bands[(int)LimitKind.ChargeTemperatureLow] = Band(1, 0, -10, 1.8f);
        bands[(int)LimitKind.TemperatureHigh] = Band(50, 57, 62, 3);
        bands[(int)LimitKind.DischargeTemperatureLow] = Band(-20, -25, -32, 2);
        bands[(int)LimitKind.TemperatureSpread] = Band(12, 17, 27, 2) with { FloorFraction = 0.3f, WarnDebounceMs = 1000, TripDebounceMs = 5000 };
        bands[(int)LimitKind.TemperatureRate] = Band(8, 15, 60, 2) with { FloorFraction = 0.3f, WarnDebounceMs = 1000, TripDebounceMs = 3000 };
        bands[(int)LimitKind.VoltageSpread] = Band(0.35f, 0.6f, 1.2f, 0.05f) with { FloorFraction = 0.5f, WarnDebounceMs = 1000, TripDebounceMs = 2000 };
        var limits = new SafetyLimits
        {
            CellCount = layout.SeriesCount,
            ProbeCount = layout.Probes.Count,
            ProbesNeeded = (layout.Probes.Count + 1) / 2,
            Bands = bands,
            ChargeTable = new([0, 25], [rangeA, rangeA]),
            DischargeTable = new([0, 25], [rangeA, rangeA]),
            CurrentSignal = new() { Min = -rangeA, Max = rangeA, Step = rangeA, RatePerS = 100 * rangeA, StuckOthers = 1, ConfirmMs = 100, LostMs = lostMs },
            PackVoltageSignal = new() { Min = -10, Max = 1.5f * workingV, Step = 2 * workingV, RatePerS = 100 * workingV, StuckOthers = 1, LostMs = lostMs },
            // Cells and pack are not sampled at the same time, and some cars round the pack to whole volts.
            SumToleranceV = 0.02f * workingV,
            MismatchMs = Math.Max(5000, 5 * sampleMs),
            WorkingVoltageV = workingV,
            RestCurrentA = 2,
            // A recorded load cannot follow limits it was never sent.
            OverrunA = 5,
            OverrunMs = 1_000_000_000,
            AssumedStepMs = sampleMs,
            MaxStepMs = Math.Max(1000, 2 * sampleMs),
            ClockLostMs = Math.Max(2000, 3 * sampleMs),
            Contactors = new() { BreakCurrentA = rangeA, PrechargeEndA = 0.5f },
            Bleed = new() { MinCellV = low + 0.5f, MaxBoardDegC = 85, MaxBlindMs = Math.Max(500, 3 * sampleMs) },
            DeepDischarge = new() { DeepV = low - 0.8f, RecoveredV = low, RecoveryCurrentA = 1 },
        };
        limits = limits with { CellSignal = limits.CellSignal with { LostMs = lostMs }, ProbeSignal = limits.ProbeSignal with { LostMs = 3 * lostMs } };
        limits.Validate();
        return limits;
    }

    static LimitBand Band(float operating, float recommended, float safety, float hysteresis) =>
        new() { Operating = operating, Recommended = recommended, Safety = safety, Hysteresis = hysteresis };
}
