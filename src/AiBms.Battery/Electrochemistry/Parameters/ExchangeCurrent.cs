namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>j₀ = i₀·A(T)·(cₑ/cₑ₀)^α·x^p·(1 − x)^q, A/m²; the Butler–Volmer factor itself is symmetric, j = 2j₀·sinh(Fη/2RT).</summary>
/// <param name="ReferenceAPerM2">i₀, A/m².</param>
/// <param name="ElectrolyteExponent">α.</param>
/// <param name="LithiatedExponent">p.</param>
/// <param name="VacantExponent">q.</param>
/// <param name="Temperature">A(T).</param>
public sealed record ExchangeCurrent(
    double ReferenceAPerM2, double ElectrolyteExponent, double LithiatedExponent, double VacantExponent, Arrhenius Temperature)
{
    /// <summary>The surface is never taken as quite empty or full, so that j₀ and its slope stay finite.</summary>
    internal const double Least = 1e-9;

    /// <summary>Whether all exponents are one half.</summary>
    public bool IsRoot => ElectrolyteExponent == 0.5 && LithiatedExponent == 0.5 && VacantExponent == 0.5;

    /// <summary>j₀ without its temperature factor, and its logarithmic slopes.</summary>
    /// <param name="electrolyteRatio">cₑ/cₑ₀.</param>
    /// <param name="stoichiometry">x at the surface.</param>
    /// <param name="slopeFactor">∂ln j₀/∂x.</param>
    /// <returns>j₀/A(T), A/m². ∂ln j₀/∂cₑ is α/cₑ.</returns>
    public double At(double electrolyteRatio, double stoichiometry, out double slopeFactor)
    {
        double x = Math.Clamp(stoichiometry, Least, 1 - Least), c = Math.Max(electrolyteRatio, Least);
        slopeFactor = LithiatedExponent / x - VacantExponent / (1 - x);
        return IsRoot
            ? ReferenceAPerM2 * Math.Sqrt(c * x * (1 - x))
            : ReferenceAPerM2 * Math.Pow(c, ElectrolyteExponent) * Math.Pow(x, LithiatedExponent) * Math.Pow(1 - x, VacantExponent);
    }
}
