namespace AiBms.Battery.Electrochemistry.Loads;

/// <summary>A resistor across the terminals, Ω: V = −I·R, a discharge.</summary>
public sealed class ConstantResistance(double resistanceOhm) : ILoad
{
    /// <inheritdoc/>
    public LoadEquation At(double timeS, double currentA, double voltageV) => new(voltageV + currentA * resistanceOhm, resistanceOhm, 1, 0);

    /// <inheritdoc/>
    public double CurrentGuessA(double timeS) => double.NaN;
}
