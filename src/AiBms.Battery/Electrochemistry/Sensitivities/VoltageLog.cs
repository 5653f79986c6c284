using AiBms.Battery.Electrochemistry.Experiments;

namespace AiBms.Battery.Electrochemistry.Sensitivities;

/// <summary>Keeps the voltage at given times; at a jump of the load the later value.</summary>
/// <param name="timesS">The times, ascending, s.</param>
public sealed class VoltageLog(IReadOnlyList<double> timesS) : IRunObserver
{
    const double SameS = 1e-6;

    int _at;

    /// <summary>Voltage at each time, V; NaN where the run did not come to it.</summary>
    public double[] VoltageV { get; } = [.. timesS.Select(_ => double.NaN)];

    /// <summary>How many times were reached.</summary>
    public int Reached { get; private set; }

    /// <inheritdoc/>
    public void Point(int stepNumber, double timeS, ElectrochemicalCell cell, ReadOnlySpan<double> state)
    {
        while (_at < timesS.Count && timesS[_at] < timeS - SameS) _at++;
        if (_at == timesS.Count || timesS[_at] > timeS + SameS) return;
        VoltageV[_at] = cell.VoltageV(state);
        Reached = _at + 1;
    }
}
