using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;

namespace AiBms.Learning.Identification.Electrodes;

/// <summary>Keeps a run as a cycler would record it: one row a time, at a step of the load the one before it.</summary>
sealed class RunRows : IRunObserver
{
    const double SameS = 1e-3;

    /// <summary>Time, s.</summary>
    public List<double> TimeS { get; } = [];

    /// <summary>Current, A, positive while charging.</summary>
    public List<double> CurrentA { get; } = [];

    /// <summary>Voltage, V.</summary>
    public List<double> VoltageV { get; } = [];

    /// <summary>Mean stoichiometry of the negative electrode.</summary>
    public List<double> NegativeStoichiometry { get; } = [];

    /// <inheritdoc/>
    public void Point(int stepNumber, double timeS, ElectrochemicalCell cell, ReadOnlySpan<double> state)
    {
        // The row at a step belongs to the load before it: what flowed up to it is counted with that current.
        if (TimeS.Count > 0 && timeS <= TimeS[^1] + SameS) return;
        TimeS.Add(timeS);
        CurrentA.Add(state[cell.CurrentIndex]);
        VoltageV.Add(cell.VoltageV(state));
        NegativeStoichiometry.Add(cell.MeanStoichiometry(state).Negative);
    }
}
