using AiBms.Numerics;

namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>A property as a fine table of its formula, times an Arrhenius factor.</summary>
/// <remarks>Key: f the value, x the argument, df the derivative with respect to it, y its integral.</remarks>
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
    public override void At(ReadOnlySpan<double> x, double temperatureK, Span<double> f, Span<double> df)
    {
        table.At(x, f, df);
        Scale(arrhenius.Factor(temperatureK), f[..x.Length], df[..x.Length]);
    }

    /// <inheritdoc/>
    public override void IntegralAt(ReadOnlySpan<double> x, double temperatureK, Span<double> y, Span<double> f)
    {
        _integral.At(x, y, f);
        Scale(arrhenius.Factor(temperatureK), y[..x.Length], f[..x.Length]);
    }

    static void Scale(double factor, Span<double> first, Span<double> second)
    {
        if (factor == 1) return;
        foreach (ref double value in first) value *= factor;
        foreach (ref double value in second) value *= factor;
    }

    /// <inheritdoc/>
    public override double IntegralAt(double x, double temperatureK, out double f)
    {
        double factor = arrhenius.Factor(temperatureK), integral = _integral.At(x, out f);
        f *= factor;
        return integral * factor;
    }
}
