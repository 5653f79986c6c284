namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>A constant terminal voltage, V.</summary>
public sealed class ConstantVoltage(double voltageV) : ILoad
{
    /// <inheritdoc/>
    public LoadEquation At(double timeS, double currentA, double voltageNowV) => new(voltageV - voltageNowV, 0, -1, 0);

    /// <inheritdoc/>
    public double CurrentGuessA(double timeS) => double.NaN;
}
