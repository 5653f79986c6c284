namespace AiBms.Battery.Electrochemistry.Experiments;

/// <summary>Takes what a run produces, point by point.</summary>
public interface IRunObserver
{
    /// <summary>One output point; the state is only valid during the call.</summary>
    /// <param name="stepNumber">Number of the step, from 1.</param>
    /// <param name="timeS">Time since the run began, s.</param>
    /// <param name="cell">The model, to ask for voltage, temperature and profiles.</param>
    /// <param name="state">The state.</param>
    void Point(int stepNumber, double timeS, ElectrochemicalCell cell, ReadOnlySpan<double> state);
}
