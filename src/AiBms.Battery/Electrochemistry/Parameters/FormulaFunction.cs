using AiBms.Numerics.Expressions;

namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>A property whose formula mixes its variable with temperature, computed directly.</summary>
/// <param name="formula">In two variables: the argument divided by <paramref name="unit"/>, and T in K.</param>
/// <param name="unit">What one unit of the formula's variable is in the argument's unit: 1000 for mol/L.</param>
/// <param name="arrhenius">A further temperature factor.</param>
public sealed class FormulaFunction(Expression formula, double unit, Arrhenius arrhenius) : MaterialFunction
{
    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <inheritdoc/>
    public override double At(double argument, double temperatureK, out double slope)
    {
        (double value, slope) = formula.ValueAndSlope(0, argument / unit, temperatureK);
        double factor = arrhenius.Factor(temperatureK);
        slope *= factor / unit;
        return value * factor;
    }
}
