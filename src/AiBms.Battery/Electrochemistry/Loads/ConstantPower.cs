namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>A constant power, W, positive while charging.</summary>
public sealed class ConstantPower(double powerW) : ILoad
{
    /// <inheritdoc/>
    public LoadEquation At(double timeS, double currentA, double voltageV) => new(powerW - currentA * voltageV, -voltageV, -currentA, 0);

    /// <inheritdoc/>
    public double CurrentGuessA(double timeS) => double.NaN;
}
