namespace AiBms.Battery.Estimation.Packs;

/// <summary>How healthy the cells are: capacity and resistance against new, and what that rests on.</summary>
/// <remarks>Unknown, with the reason, until a window between two rests qualifies.</remarks>
public sealed class HealthState
{
    /// <summary>Windows that are remembered.</summary>
    internal const int Remembered = 8;

    readonly CapacityWindow[] _windows = new CapacityWindow[Remembered];

    internal HealthState(int cellCount)
    {
        (Soh, SohDeviation) = (new double[cellCount], new double[cellCount]);
        Clear();
    }

    /// <summary>Why there is no capacity yet; none where there is.</summary>
    public CapacityReason Reason { get; internal set; }

    /// <summary>Capacity over that of a new cell, one for each cell; NaN while unknown.</summary>
    public double[] Soh { get; }

    /// <summary>One standard deviation of <see cref="Soh"/>.</summary>
    public double[] SohDeviation { get; }

    /// <summary>What the maker's own system says, 0…1; NaN where it says nothing. Shown beside ours, never used.</summary>
    public double VendorSoh { get; internal set; } = double.NaN;

    /// <summary>Growth of all resistances over those of the cell type at the same temperature and charge; NaN while unknown.</summary>
    public double ResistanceRatio { get; internal set; }

    /// <summary>One standard deviation of <see cref="ResistanceRatio"/>.</summary>
    public double ResistanceRatioDeviation { get; internal set; }

    /// <summary>Windows that were taken.</summary>
    public int TakenCount { get; internal set; }

    /// <summary>Windows that were rejected.</summary>
    public int RejectedCount { get; internal set; }

    /// <summary>The latest windows, taken and rejected, newest last.</summary>
    public ReadOnlySpan<CapacityWindow> Windows => _windows.AsSpan(0, Math.Min(Remembered, TakenCount + RejectedCount));

    /// <summary>Share of cells whose capacity is not known, 0…1.</summary>
    public double UnknownFraction { get; internal set; }

    internal void Add(CapacityWindow window)
    {
        int used = Math.Min(Remembered, TakenCount + RejectedCount);
        if (used > 0 && _windows[used - 1] is { Reason: CapacityReason.SmallSwing } open && open.StartS == window.StartS)
        {
            // The same window, gone on to another rest.
            _windows[--used] = default;
            RejectedCount--;
        }

        if (used == Remembered) Array.Copy(_windows, 1, _windows, 0, --used);
        _windows[used] = window;
        if (window.Reason == CapacityReason.None) TakenCount++;
        else RejectedCount++;
    }

    internal void Keep(StateTape tape)
    {
        Reason = (CapacityReason)tape.Count((int)Reason, byte.MaxValue);
        (TakenCount, RejectedCount) = (tape.Count(TakenCount, int.MaxValue), tape.Count(RejectedCount, int.MaxValue));
        (UnknownFraction, ResistanceRatio, ResistanceRatioDeviation) = (tape.Value(UnknownFraction), tape.Value(ResistanceRatio), tape.Value(ResistanceRatioDeviation));
        tape.Values(Soh);
        tape.Values(SohDeviation);
        for (int k = 0; k < Windows.Length; k++)
        {
            var window = _windows[k];
            _windows[k] = new(tape.TimeS(window.StartS), tape.TimeS(window.EndS), tape.Value(window.ChangeSoc), tape.Value(window.ChargeAh), tape.Value(window.RestS), (CapacityReason)tape.Count((int)window.Reason, byte.MaxValue));
        }
    }

    internal void Clear()
    {
        (Reason, TakenCount, RejectedCount, UnknownFraction) = (CapacityReason.NoRest, 0, 0, 1);
        (ResistanceRatio, ResistanceRatioDeviation, VendorSoh) = (double.NaN, double.NaN, double.NaN);
        Array.Fill(Soh, double.NaN);
        Array.Fill(SohDeviation, double.NaN);
    }
}
