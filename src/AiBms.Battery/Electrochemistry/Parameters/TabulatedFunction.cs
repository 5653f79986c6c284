using AiBms.Numerics;

namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>A property as a fine table of its formula, times an Arrhenius factor.</summary>
/// <remarks>Key: f the value, x the argument, df the derivative with respect to it.</remarks>
public sealed class TabulatedFunction(CubicTable table, Arrhenius arrhenius) : MaterialFunction
{
    readonly CubicTable _integral = table.Integral();

    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <inheritdoc/>
    public override double At(double x, double temperatureK, out double df)
    {
        double factor = arrhenius.Factor(temperatureK), value = table.At(x, out df);
        df *= factor;
        return value * factor;
    }

    /// <inheritdoc/>
    public override double IntegralAt(double x, double temperatureK, out double f)
    {
        double factor = arrhenius.Factor(temperatureK), integral = _integral.At(x, out f);
        f *= factor;
        return integral * factor;
    }
}
