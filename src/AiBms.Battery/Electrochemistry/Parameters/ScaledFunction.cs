namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>A property times a number.</summary>
/// <remarks>Key: f the value, x the argument, df the derivative with respect to it.</remarks>
public sealed class ScaledFunction(MaterialFunction of, double factor) : MaterialFunction
{
    /// <inheritdoc/>
    public override bool IsConstant => of.IsConstant;

    /// <summary>A property times a number; the property itself where the number is 1.</summary>
    public static MaterialFunction Of(MaterialFunction function, double factor) => factor == 1 ? function : new ScaledFunction(function, factor);

    /// <inheritdoc/>
    public override double At(double x, double temperatureK, out double df)
    {
        double f = factor * of.At(x, temperatureK, out df);
        df *= factor;
        return f;
    }

    /// <inheritdoc/>
    public override double IntegralAt(double x, double temperatureK, out double f)
    {
        double integral = factor * of.IntegralAt(x, temperatureK, out f);
        f *= factor;
        return integral;
    }
}
