namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>A constant current, A, positive while charging.</summary>
public sealed class ConstantCurrent(double currentA) : ILoad
{
    /// <inheritdoc/>
    public LoadEquation At(double timeS, double currentNowA, double voltageV) => new(currentA - currentNowA, -1, 0, 0);

    /// <inheritdoc/>
    public double CurrentGuessA(double timeS) => currentA;
}
