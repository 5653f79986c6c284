namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>A current that runs straight between two knots; the runner moves the knots along a drive cycle.</summary>
public sealed class CurrentRamp : ILoad
{
    double _startS, _startA, _slopeAPerS;

    /// <summary>Moves to the piece between two knots; currents in A, positive while charging.</summary>
    public void MoveTo(double startS, double startA, double endS, double endA) =>
        (_startS, _startA, _slopeAPerS) = (startS, startA, (endA - startA) / (endS - startS));

    /// <inheritdoc/>
    public LoadEquation At(double timeS, double currentA, double voltageV) => new(CurrentGuessA(timeS) - currentA, -1, 0, _slopeAPerS);

    /// <inheritdoc/>
    public double CurrentGuessA(double timeS) => _startA + _slopeAPerS * (timeS - _startS);
}
