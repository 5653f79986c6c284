namespace AiBms.Battery.Estimation.Packs;

/// <summary>What is wrong at present, oldest first. Room for everything at once is made at the beginning.</summary>
public sealed class FindingList
{
    readonly PackFinding[] _items;

    internal FindingList(int cellCount) => _items = new PackFinding[5 * cellCount + 16];

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>All of them.</summary>
    public ReadOnlySpan<PackFinding> Items => _items.AsSpan(0, Count);

    /// <summary>True where something of a kind is wrong with a cell (−1: with the pack).</summary>
    public bool Has(FindingKind kind, int cell) => IndexOf(kind, cell) >= 0;

    /// <summary>True where anything of a kind is wrong.</summary>
    public bool Has(FindingKind kind)
    {
        foreach (var item in Items) if (item.Kind == kind) return true;
        return false;
    }

    /// <summary>Enters a finding, or the most it has been where it stands already; takes it out where it is over.</summary>
    internal void Set(FindingKind kind, int cell, bool isWrong, double size, double threshold, double nowS)
    {
        int k = IndexOf(kind, cell);
        if (k < 0 && isWrong && Count < _items.Length) _items[Count++] = new(kind, cell, size, threshold, nowS);
        else if (k >= 0 && isWrong)
        {
            if (size * _items[k].Threshold > _items[k].Size * threshold) _items[k] = _items[k] with { Size = size, Threshold = threshold };
        }
        else if (k >= 0)
        {
            Array.Copy(_items, k + 1, _items, k, Count - k - 1);
            Count--;
        }
    }

    internal void Clear() => Count = 0;

    internal void Keep(StateTape tape)
    {
        Count = tape.Count(Count, _items.Length);
        for (int k = 0; k < Count; k++)
        {
            var item = _items[k];
            _items[k] = new((FindingKind)tape.Count((int)item.Kind, byte.MaxValue), tape.Count(item.Cell + 1, _items.Length) - 1, tape.Value(item.Size), tape.Value(item.Threshold), tape.TimeS(item.SinceS));
        }
    }

    int IndexOf(FindingKind kind, int cell)
    {
        for (int k = 0; k < Count; k++) if (_items[k].Kind == kind && _items[k].Cell == cell) return k;
        return -1;
    }
}
