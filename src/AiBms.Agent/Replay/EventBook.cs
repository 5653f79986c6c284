using AiBms.Agent.Chain;
using AiBms.Safety.Faults;

namespace AiBms.Agent.Replay;

/// <summary>Gathers a record's events by code and place, with the record's own warnings beside them.</summary>
/// <param name="own">The record's own warning level in each row; null where it has none.</param>
sealed class EventBook(double[]? own)
{
    const double ChargesA = 2;

    readonly Dictionary<(FaultCode Code, int Where, bool IsTap), Entry> _entries = [];
    readonly Dictionary<FaultCode, (Entry Entry, double FromS)> _open = [];
    readonly SortedDictionary<int, (long Rows, int Stretches, int FirstRow, long WithEvent, long Charging)> _warnings = [];
    int _levelBefore;

    public bool HasOwnWarnings => own is not null && own.Any(double.IsFinite);

    public void Take(in PackEvent taken, int row)
    {
        if (!taken.Begins)
        {
            if (_open.Remove(taken.Code, out var ended)) ended.Entry.DurationS += taken.TimeS - ended.FromS;
            return;
        }

        double warning = own is null ? double.NaN : own[row];
        var key = (taken.Code, taken.Where, taken.IsTap);
        if (!_entries.TryGetValue(key, out var entry)) _entries.Add(key, entry = new(taken, row, warning));
        entry.Count++;
        entry.WarningMax = Math.Max(entry.WarningMax, double.IsNaN(warning) ? 0 : warning);
        _open[taken.Code] = (entry, taken.TimeS);
    }

    /// <summary>Counts a row of the record.</summary>
    public void Row(int row, double currentA)
    {
        if (own is null || !double.IsFinite(own[row])) return;
        int level = (int)own[row];
        if (level > 0)
        {
            var (rows, stretches, firstRow, withEvent, charging) = _warnings.GetValueOrDefault(level, (0, 0, row, 0, 0));
            // A probe that has been dead all along says nothing about this row.
            bool isSeen = _open.Keys.Any(code => FaultCatalogue.Row(code).Level >= FaultLevel.Warning && code != FaultCode.ProbeLost);
            _warnings[level] = (rows + 1, stretches + (level == _levelBefore ? 0 : 1), firstRow, withEvent + (isSeen ? 1 : 0), charging + (currentA > ChargesA ? 1 : 0));
        }

        _levelBefore = level;
    }

    public IReadOnlyList<OwnWarning> OwnWarnings() => [.. _warnings.Select(w => new OwnWarning(w.Key, w.Value.Rows, w.Value.Stretches, w.Value.FirstRow, w.Value.WithEvent, w.Value.Charging))];

    /// <summary>Ends what is still open at the record's end, and gives everything.</summary>
    public IReadOnlyList<ReplayEvent> Close(double endS)
    {
        foreach (var (entry, fromS) in _open.Values) entry.DurationS += endS - fromS;
        _open.Clear();
        return [.. _entries.OrderBy(e => e.Value.First.TimeS).Select(e => new ReplayEvent(
            e.Key.Code, e.Key.Where, e.Key.IsTap, e.Value.First, e.Value.FirstRow, e.Value.Count, e.Value.DurationS, e.Value.FirstWarning,
            HasOwnWarnings ? e.Value.WarningMax : double.NaN))];
    }

    sealed class Entry(PackEvent first, int row, double warning)
    {
        public PackEvent First => first;
        public int FirstRow => row;
        public double FirstWarning => warning;
        public int Count;
        public double DurationS, WarningMax;
    }
}
