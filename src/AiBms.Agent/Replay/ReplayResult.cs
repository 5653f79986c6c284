using AiBms.Battery.Estimation.Packs;
using AiBms.Safety.Faults;
using AiBms.Safety.Limits;
using AiBms.Safety.Runaway;

namespace AiBms.Agent.Replay;

/// <summary>What a replay found.</summary>
public sealed record ReplayResult
{
    /// <summary>Rows of the record.</summary>
    public required int Rows { get; init; }

    /// <summary>Stretches between long gaps; each begins with a start of the pack.</summary>
    public required int Stretches { get; init; }

    /// <summary>Rows with current that the protection was not shown because its contactors were open; estimates take the record's current.</summary>
    public required long WithheldRows { get; init; }

    /// <summary>Rows left out because they have no time, or not all their fields.</summary>
    public required long LeftOutRows { get; init; }

    /// <summary>Time of the last row that was used, s; NaN where none was.</summary>
    public required double EndS { get; init; }

    /// <summary>The warning of a runaway as it was last; not active where there was none.</summary>
    public required RunawayWarning Runaway { get; init; }

    /// <summary>Rows in which the chain's contactors were closed.</summary>
    public required long ClosedRows { get; init; }

    /// <summary>Faults, grouped by code and place, in the order of their first beginning.</summary>
    public required IReadOnlyList<ReplayEvent> Events { get; init; }

    /// <summary>The events of one screen: of each limited quantity the hardest level that was reached, the hardest events first.</summary>
    public IEnumerable<ReplayEvent> Hardest => Events
        .GroupBy(e => (int)e.Code < LimitKinds.Count * LimitKinds.Levels ? (int)e.Code / LimitKinds.Levels : (int)e.Code + LimitKinds.Count)
        .Select(g => g.OrderByDescending(e => e.Code).ThenBy(e => e.First.TimeS).First())
        .OrderByDescending(e => FaultCatalogue.Row(e.Code).Level).ThenBy(e => e.First.TimeS);

    /// <summary>The record's own warnings by level, 0 left out; empty where it has none or never warned.</summary>
    public required IReadOnlyList<OwnWarning> OwnWarnings { get; init; }

    /// <summary>True where the record has warnings at all.</summary>
    public required bool HasOwnWarnings { get; init; }

    /// <summary>Cells, the weakest first.</summary>
    public required IReadOnlyList<CellFinding> Cells { get; init; }

    /// <summary>The baseline: cells by the median of their deviation from the row's median, raw values, lowest first, from 0.</summary>
    public required IReadOnlyList<(int Cell, double MedianV)> Baseline { get; init; }

    /// <summary>What was not believed of the current.</summary>
    public required SignalLedger Currents { get; init; }

    /// <summary>What was not believed, one for each cell tap.</summary>
    public required IReadOnlyList<SignalLedger> Taps { get; init; }

    /// <summary>What was not believed, one for each probe.</summary>
    public required IReadOnlyList<SignalLedger> Probes { get; init; }

    /// <summary>Rows with at least one cell voltage that cannot be.</summary>
    public required long ImpossibleRows { get; init; }

    /// <summary>The last state that was estimated.</summary>
    public required PackState Last { get; init; }

    /// <summary>The slope of the cells' voltage that evidence is judged by.</summary>
    public required RestCurve Curve { get; init; }

    /// <summary>Median of the believed cell voltages of each row, V; NaN where none.</summary>
    public required double[] MedianV { get; init; }

    /// <summary>Charge of a cell beyond the mean cell's as it was estimated last, Ah, with its standard deviation; NaN where unknown.</summary>
    /// <param name="cell">From 0.</param>
    public (double Ah, double DeviationAh) EstimatedAh(int cell)
    {
        double own = Last.CellSocDeviation[cell], mean = Last.MeanSoc.SocDeviation;
        return ((Last.CellSoc[cell] - Last.MeanSoc.Soc) * Last.CapacityAh[cell], Math.Sqrt(Math.Max(0, own * own - mean * mean)) * Last.CapacityAh[cell]);
    }
}
