using AiBms.Agent.Ports;
using AiBms.Agent.Protection;
using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;
using AiBms.Safety.Limits;
using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Agent.Replay;

/// <summary>What a record is taken for: pack, cell and limits.</summary>
/// <param name="Layout">The pack.</param>
/// <param name="Cell">Its cell.</param>
/// <param name="Limits">The protection's limits.</param>
/// <param name="CapacityAh">Capacity of a parallel group, Ah.</param>
/// <param name="Assumed">What was assumed because nobody said, one sentence each.</param>
public sealed record ReplayPack(PackLayout Layout, CellType Cell, SafetyLimits Limits, double CapacityAh, IReadOnlyList<string> Assumed)
{
    /// <summary>No cell of a lithium iron phosphate pack rests above this, V.</summary>
    const double HighestLfpV = 3.7;

    /// <summary>What its estimator believes; null for the defaults.</summary>
    public PackEstimatorOptions? Estimation { get; private init; }

    /// <summary>The load that energy is stated for.</summary>
    public EnergyLoad EnergyLoad { get; init; } = EnergyLoad.Recent;

    /// <summary>A pack that is known.</summary>
    /// <param name="layout">The pack.</param>
    /// <param name="cell">Its cell.</param>
    /// <param name="settings">Its protection.</param>
    /// <param name="recording">The record, for its time step.</param>
    public static ReplayPack Known(PackLayout layout, CellType cell, ProtectionSettings settings, Recording recording)
    {
        int sampleMs = Math.Max(settings.SampleMs, (int)Math.Round(1000 * SampleS(recording)));
        // A record has the current and voltage of the pack, none of its further sensors.
        var fitted = layout with { Sensors = new(false, false, false, false, false, false) };
        return new(fitted, cell, (settings with { SampleMs = sampleMs }).ToLimits(fitted), cell.CapacityAh * layout.ParallelCount, []);
    }

    /// <summary>A pack of which only the record is known.</summary>
    /// <param name="recording">The record.</param>
    /// <param name="cells">Where the cell types are.</param>
    /// <param name="cellName">The cell type that is to stand in; null: by the voltages.</param>
    /// <exception cref="DataException">The record has no cell voltages or no probes.</exception>
    public static ReplayPack Unknown(Recording recording, CellCatalogue cells, string? cellName)
    {
        double[][] voltages = RecordedColumns.Cells(recording), probes = RecordedColumns.Probes(recording);
        if (voltages.Length < 2 || probes.Length == 0)
            throw new DataException($"{recording.Name} has {voltages.Length} cell voltages V_1… and {probes.Length} probes T_1…; a replay needs a pack's record with at least two and one.");
        double meanV = Median(recording.VoltageV) / voltages.Length;
        List<string> assumed = [];
        bool isCellTold = cellName is not null;
        if (cellName is null)
        {
            cellName = meanV > HighestLfpV || Highest(recording.VoltageV) / voltages.Length > HighestLfpV ? "nmc_60ah" : "lfp_280ah";
            assumed.Add($"No --pack or --cell was told: cells at {meanV:0.00} V are taken for {cellName}.");
        }

        var cell = cells.Find(cellName);
        double capacityAh = RecordedCapacity.FindAh(recording);
        if (double.IsNaN(capacityAh))
        {
            capacityAh = cell.CapacityAh;
            assumed.Add($"The record has no SOC to find a capacity by: {capacityAh:0} Ah of one cell are taken.");
        }
        else
        {
            assumed.Add($"{capacityAh:0.0} Ah: where the record's own SOC and its current agree.");
        }

        if (!isCellTold && cell.Circuit is { } circuit)
        {
            var curve = RestCurve.Of(recording, RestCurve.RowMedians(voltages, recording.RowCount), cell, capacityAh);
            if (curve.IsOfRecord)
            {
                cell = cell with { Circuit = circuit with { OcvV = curve.OcvV(cell) } };
                assumed.Add("The OCV is read off the record, over its own SOC: what is estimated stands on that scale.");
            }
        }

        int parallel = Math.Max(1, (int)Math.Round(capacityAh / cell.CapacityAh));
        var layout = RecordedDesign.Layout(cell.Id, voltages.Length, parallel, probes.Length);
        var ratings = cell.Ratings ?? throw new DataException($"Cell {cell.Id} has no ratings: its voltage limits are needed; name another by --cell.");
        double largestA = recording.CurrentA.Select(Math.Abs).Where(a => a <= RecordedDesign.MostA).DefaultIfEmpty(0).Max();
        var limits = RecordedDesign.Limits(layout, ratings, SampleS(recording), largestA);
        return new(layout, cell with { CapacityAh = capacityAh / parallel }, limits, capacityAh, assumed)
        {
            Estimation = isCellTold ? null : new() { Health = new() { IsNewResistanceKnown = false } },
        };
    }

    static double SampleS(Recording recording) => double.IsFinite(recording.Findings.SamplePeriodS) ? Math.Max(0.1, recording.Findings.SamplePeriodS) : 1;

    static double Highest(double[] values) => values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();

    static double Median(double[] values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }
}
