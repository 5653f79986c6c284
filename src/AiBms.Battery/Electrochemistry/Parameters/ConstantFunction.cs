namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>A property that depends on temperature alone.</summary>
/// <remarks>Key: f the value, x the argument, df the derivative with respect to it, y the value at the reference temperature.</remarks>
public sealed class ConstantFunction(double y, Arrhenius arrhenius) : MaterialFunction
{
    /// <inheritdoc/>
    public override bool IsConstant => true;

    /// <inheritdoc/>
    public override double At(double x, double temperatureK, out double df)
    {
        df = 0;
        return y * arrhenius.Factor(temperatureK);
    }

    /// <inheritdoc/>
    public override double IntegralAt(double x, double temperatureK, out double f)
    {
        f = y * arrhenius.Factor(temperatureK);
        return f * x;
    }
}
