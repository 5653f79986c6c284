namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>A property of a material as a function of one variable (stoichiometry or concentration) and temperature.</summary>
/// <remarks>Key: x the argument, f the value, df the derivative with respect to x, y the integral.</remarks>
public abstract class MaterialFunction
{
    /// <summary>Value and slope with respect to the argument.</summary>
    /// <param name="x">Stoichiometry 0…1, or concentration in mol/m³, as the property's owner says.</param>
    /// <param name="temperatureK">Temperature, K.</param>
    /// <param name="df">Derivative with respect to the argument.</param>
    public abstract double At(double x, double temperatureK, out double df);

    /// <summary>Values and slopes at many arguments.</summary>
    public virtual void At(ReadOnlySpan<double> x, double temperatureK, Span<double> f, Span<double> df)
    {
        for (int i = 0; i < x.Length; i++) f[i] = At(x[i], temperatureK, out df[i]);
    }

    /// <summary>The value alone.</summary>
    public double At(double x, double temperatureK) => At(x, temperatureK, out _);

    /// <summary>∫f dx from a fixed lower end, and f: what a flux through a layer of varying property needs (Kirchhoff's transform).</summary>
    public abstract double IntegralAt(double x, double temperatureK, out double f);

    /// <summary>Integrals and values at many arguments.</summary>
    public virtual void IntegralAt(ReadOnlySpan<double> x, double temperatureK, Span<double> y, Span<double> f)
    {
        for (int i = 0; i < x.Length; i++) y[i] = IntegralAt(x[i], temperatureK, out f[i]);
    }

    /// <summary>Whether the value is the same for every argument, so that a linear solution is exact.</summary>
    public abstract bool IsConstant { get; }
}
