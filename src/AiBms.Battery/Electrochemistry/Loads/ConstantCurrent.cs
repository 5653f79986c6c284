namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>A constant current, A, positive while charging.</summary>
public sealed class ConstantCurrent(double currentA) : ILoad
{
    /// <inheritdoc/>
    public LoadEquation At(double timeS, double currentAnow, double voltageV) => new(currentA - currentAnow, -1, 0, 0);

    /// <inheritdoc/>
    public double CurrentGuessA(double timeS) => currentA;
}
