namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>A constant current, A, positive while charging.</summary>
public sealed class ConstantCurrent(double setA) : ILoad
{
    /// <inheritdoc/>
    public LoadEquation At(double timeS, double currentA, double voltageV) => new(setA - currentA, -1, 0, 0);

    /// <inheritdoc/>
    public double CurrentGuessA(double timeS) => setA;
}
