namespace AiBms.Agent.Replay;

/// <summary>How often a signal was not believed, and what it showed then.</summary>
public sealed class SignalLedger
{
    /// <summary>Rows in which the value itself cannot be.</summary>
    public long ImpossibleRows { get; private set; }

    /// <summary>Rows in which it shared a wire with one that cannot be, or moved as none can.</summary>
    public long SuspectRows { get; private set; }

    /// <summary>Rows without a value.</summary>
    public long MissingRows { get; private set; }

    /// <summary>Lowest impossible value, in the signal's unit; NaN where none.</summary>
    public double Lowest { get; private set; } = double.NaN;

    /// <summary>Highest impossible value, in the signal's unit; NaN where none.</summary>
    public double Highest { get; private set; } = double.NaN;

    internal void Add(double value, bool isImpossible)
    {
        if (double.IsNaN(value)) MissingRows++;
        else if (!isImpossible) SuspectRows++;
        else
        {
            ImpossibleRows++;
            if (!(value >= Lowest)) Lowest = value;
            if (!(value <= Highest)) Highest = value;
        }
    }
}
