using AiBms.Battery.Packs;

namespace AiBms.Battery.Simulation.Twin.Faults;

/// <summary>What the active faults have done to the pack: cleared and written anew whenever one begins or ends.</summary>
sealed class TwinEffects
{
    public TwinEffects(PackLayout layout)
    {
        int groups = layout.SeriesCount, cells = groups * layout.ParallelCount;
        (ShortS, ContactOhm, CapacityFactor, ResistanceFactor) = (new double[cells], new double[cells], new double[cells], new double[cells]);
        IsLost = new bool[cells];
        (TapFraction, IsBleedOpen) = (new double[groups], new bool[groups]);
        OpenFraction = new double[layout.Cooling.Segments];
        (Cells, Probes, Signals) = (new(groups), new(layout.Probes.Count), new(Enum.GetValues<PackSignal>().Length));
        Clear();
    }

    /// <summary>Conductance between a cell's electrodes, S.</summary>
    public double[] ShortS { get; }

    /// <summary>Added between a cell and its busbar, Ω.</summary>
    public double[] ContactOhm { get; }

    public double[] CapacityFactor { get; }

    public double[] ResistanceFactor { get; }

    /// <summary>True where a cell no longer touches its busbar.</summary>
    public bool[] IsLost { get; }

    /// <summary>Where the tap between a cell and the next is open: the share of their sum that the first then shows; NaN where it is whole.</summary>
    public double[] TapFraction { get; }

    public bool[] IsBleedOpen { get; }

    /// <summary>What is left of a coolant segment's cross-section, 0…1.</summary>
    public double[] OpenFraction { get; }

    public bool IsPumpStopped { get; set; }

    public double LeakLPerMin { get; set; }

    /// <summary>The coolant is not higher than this, fraction of full.</summary>
    public double LevelCeilingFraction { get; set; }

    public double ChillerFactor { get; set; }

    public ContactorFault Plus { get; set; }

    public ContactorFault Minus { get; set; }

    public ContactorFault Precharge { get; set; }

    public bool IsPrechargeBroken { get; set; }

    /// <summary>Resistance to the housing beside the pack's own, Ω.</summary>
    public double IsolationOhm { get; set; }

    public SensorEffects Cells { get; }

    public SensorEffects Probes { get; }

    public SensorEffects Signals { get; }

    public void Clear()
    {
        Array.Clear(ShortS);
        Array.Clear(ContactOhm);
        Array.Fill(CapacityFactor, 1);
        Array.Fill(ResistanceFactor, 1);
        Array.Clear(IsLost);
        Array.Fill(TapFraction, double.NaN);
        Array.Clear(IsBleedOpen);
        Array.Fill(OpenFraction, 1);
        (IsPumpStopped, LeakLPerMin, LevelCeilingFraction, ChillerFactor) = (false, 0, 1, 1);
        (Plus, Minus, Precharge, IsPrechargeBroken, IsolationOhm) = (default, default, default, false, double.PositiveInfinity);
        Cells.Clear();
        Probes.Clear();
        Signals.Clear();
    }
}
