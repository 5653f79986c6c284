using AiBms.Numerics;

namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>A property as a fine table of its formula, times an Arrhenius factor.</summary>
public sealed class TabulatedFunction(CubicTable table, Arrhenius arrhenius) : MaterialFunction
{
    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <inheritdoc/>
    public override double At(double argument, double temperatureK, out double slope)
    {
        double factor = arrhenius.Factor(temperatureK), value = table.At(argument, out slope);
        slope *= factor;
        return value * factor;
    }
}
