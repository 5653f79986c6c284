using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;

namespace AiBms.Learning.Physics;

/// <summary>Takes the voltage down at given times; NaN where a run does not get that far.</summary>
sealed class VoltageAtTimes(double[] timesS) : IRunObserver
{
    public double[] VoltageV { get; } = [.. timesS.Select(_ => double.NaN)];

    public void Point(int stepNumber, double timeS, ElectrochemicalCell cell, ReadOnlySpan<double> state)
    {
        int k = Array.BinarySearch(timesS, timeS);
        if (k >= 0) VoltageV[k] = cell.VoltageV(state);
    }
}
