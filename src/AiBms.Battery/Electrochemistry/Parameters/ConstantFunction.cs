namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>A property that depends on temperature alone.</summary>
public sealed class ConstantFunction(double value, Arrhenius arrhenius) : MaterialFunction
{
    /// <inheritdoc/>
    public override bool IsConstant => true;

    /// <inheritdoc/>
    public override double At(double argument, double temperatureK, out double slope)
    {
        slope = 0;
        return value * arrhenius.Factor(temperatureK);
    }
}
