namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>A constant terminal voltage, V.</summary>
public sealed class ConstantVoltage(double setV) : ILoad
{
    /// <inheritdoc/>
    public LoadEquation At(double timeS, double currentA, double voltageV) => new(setV - voltageV, 0, -1, 0);

    /// <inheritdoc/>
    public double CurrentGuessA(double timeS) => double.NaN;
}
