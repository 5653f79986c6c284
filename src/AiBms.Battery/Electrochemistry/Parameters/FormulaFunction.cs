using AiBms.Numerics;
using AiBms.Numerics.Expressions;

namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>A property whose formula mixes its variable with temperature, computed directly.</summary>
/// <remarks>Key: f the value, x the argument, df the derivative with respect to it.</remarks>
/// <param name="formula">In two variables: the argument divided by <paramref name="unitScale"/>, and T in K.</param>
/// <param name="unitScale">What one unit of the formula's variable is in the argument's unit: 1000 for mol/L.</param>
/// <param name="arrhenius">A further temperature factor.</param>
public sealed class FormulaFunction(Expression formula, double unitScale, Arrhenius arrhenius) : MaterialFunction
{
    static readonly (double[] Nodes, double[] Weights) Gauss = GaussLegendre.OnUnitInterval(20);

    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <inheritdoc/>
    public override double At(double x, double temperatureK, out double df)
    {
        (double value, df) = formula.ValueAndSlope(0, x / unitScale, temperatureK);
        double factor = arrhenius.Factor(temperatureK);
        df *= factor / unitScale;
        return value * factor;
    }

    /// <inheritdoc/>
    public override double IntegralAt(double x, double temperatureK, out double f)
    {
        double sum = 0;
        for (int q = 0; q < Gauss.Nodes.Length; q++) sum += Gauss.Weights[q] * At(x * Gauss.Nodes[q], temperatureK);
        f = At(x, temperatureK);
        return x * sum;
    }
}
