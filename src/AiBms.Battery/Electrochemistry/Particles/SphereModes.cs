using AiBms.Numerics;

namespace AiBms.Battery.Electrochemistry.Particles;

/// <summary>Diffusion in a sphere with constant diffusivity as decoupled modes: daₖ/dt = −(D/R²)λₖaₖ − 3sₖN/R, c(R) = Σ sₖaₖ.</summary>
/// <remarks>
/// Galerkin with even polynomials in r/R (Jacobi P(0,½) in 2(r/R)² − 1), diagonalised. N is the flux out of the sphere, mol/(m²·s).
/// Mode 0 is the mean concentration (λ = 0 exactly), so lithium is conserved to rounding; the quasi-steady surface rise
/// 3·Σ sₖ²/λₖ = 1/5 is exact from two modes on. K modes resolve a surface layer of about R/K².
/// </remarks>
public sealed class SphereModes
{
    /// <summary>Makes the basis with <paramref name="count"/> modes.</summary>
    public SphereModes(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        Count = count;
        (double[] nodes, double[] weights) = GaussLegendre.OnUnitInterval(2 * count + 2);
        double[] stiffness = new double[count * count], basis = new double[count], slope = new double[count];
        for (int q = 0; q < nodes.Length; q++)
        {
            Basis(nodes[q], basis, slope);
            double weight = 3 * nodes[q] * nodes[q] * weights[q];
            for (int i = 0; i < count; i++)
                for (int j = 0; j < count; j++) stiffness[i * count + j] += weight * slope[i] * slope[j];
        }

        (double[] values, double[] vectors) = SymmetricEigen.Decompose(stiffness, count);
        values[0] = 0;
        Eigenvalues = values;
        SurfaceValues = new double[count];
        Basis(1, basis, slope);
        for (int k = 0; k < count; k++)
        {
            for (int i = 0; i < count; i++) SurfaceValues[k] += basis[i] * vectors[i * count + k];
            if (k == 0) SurfaceValues[0] = 1;
        }

        InputValues = SurfaceValues;
        _vectors = vectors;
    }

    SphereModes(double[] eigenvalues, double[] surface, double[] input)
    {
        (Count, Eigenvalues, SurfaceValues, InputValues, _vectors) = (eigenvalues.Length, eigenvalues, surface, input, []);
    }

    /// <summary>Even shells of finite volumes whose surface value is a straight line through the last two: how a widely used tool has its particles.</summary>
    /// <remarks>For comparisons: ten modes of polynomials are a hundred times closer than twenty shells. Modes have no values inside.</remarks>
    /// <param name="count">Number of shells.</param>
    public static SphereModes Shells(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        // With volumes vᵢ = ρᵢ₊₁³ − ρᵢ³ of ∫3ρ²dρ: vᵢċᵢ = 3ρ²·(cᵢ₊₁ − cᵢ)/h − …, made symmetric by √v.
        double h = 1.0 / count;
        double[] volume = new double[count], matrix = new double[count * count];
        for (int i = 0; i < count; i++) volume[i] = Math.Pow((i + 1) * h, 3) - Math.Pow(i * h, 3);
        for (int i = 0; i + 1 < count; i++)
        {
            double face = 3 * (i + 1) * h * (i + 1) * h / h;
            matrix[i * count + i] += face / volume[i];
            matrix[(i + 1) * count + i + 1] += face / volume[i + 1];
            matrix[i * count + i + 1] = matrix[(i + 1) * count + i] = -face / Math.Sqrt(volume[i] * volume[i + 1]);
        }

        (double[] values, double[] vectors) = SymmetricEigen.Decompose(matrix, count);
        double[] surface = new double[count], input = new double[count];
        for (int k = 0; k < count; k++)
        {
            double Value(int i) => vectors[i * count + k] / Math.Sqrt(volume[i]);
            (surface[k], input[k]) = (1.5 * Value(count - 1) - 0.5 * Value(count - 2), Value(count - 1));
        }

        (values[0], surface[0], input[0]) = (0, 1, 1);
        return new(values, surface, input);
    }

    readonly double[] _vectors;

    /// <summary>Number of modes.</summary>
    public int Count { get; }

    /// <summary>λₖ ascending, dimensionless (in units of D/R²); the first is 0.</summary>
    public double[] Eigenvalues { get; }

    /// <summary>sₖ, the value of each mode at the surface; the first is 1.</summary>
    public double[] SurfaceValues { get; }

    /// <summary>What a flux at the surface drives each mode with; <see cref="SurfaceValues"/> but for shells.</summary>
    public double[] InputValues { get; }

    /// <summary>Writes the value of every mode at r/R = <paramref name="radiusFraction"/>, so that c = Σ valueₖ·aₖ.</summary>
    public void At(double radiusFraction, Span<double> modeValues)
    {
        Span<double> basis = stackalloc double[Count], slope = stackalloc double[Count];
        Basis(radiusFraction, basis, slope);
        for (int k = 0; k < Count; k++)
        {
            modeValues[k] = 0;
            for (int i = 0; i < Count; i++) modeValues[k] += basis[i] * _vectors[i * Count + k];
        }

        modeValues[0] = 1;
    }

    /// <summary>As above, with the slope of every mode in r/R.</summary>
    public void At(double radiusFraction, Span<double> modeValues, Span<double> slopeModeValues)
    {
        Span<double> basis = stackalloc double[Count], slope = stackalloc double[Count];
        Basis(radiusFraction, basis, slope);
        for (int k = 0; k < Count; k++)
        {
            (modeValues[k], slopeModeValues[k]) = (0, 0);
            for (int i = 0; i < Count; i++)
            {
                modeValues[k] += basis[i] * _vectors[i * Count + k];
                slopeModeValues[k] += slope[i] * _vectors[i * Count + k];
            }
        }

        (modeValues[0], slopeModeValues[0]) = (1, 0);
    }

    /// <summary>Basis orthonormal in ∫₀¹ 3ρ²·f·g dρ, and its slope in ρ.</summary>
    static void Basis(double rho, Span<double> value, Span<double> slope)
    {
        // Jacobi polynomials P(α=0, β=½) in z by their three-term recurrence (Abramowitz and Stegun 22.7.1).
        const double beta = 0.5;
        double z = 2 * rho * rho - 1;
        value[0] = 1;
        slope[0] = 0;
        if (value.Length > 1)
        {
            value[1] = 0.5 * ((beta + 2) * z - beta);
            slope[1] = 0.5 * (beta + 2);
        }

        for (int n = 1; n + 1 < value.Length; n++)
        {
            double twice = 2 * n + beta, a = 2 * (n + 1) * (n + 1 + beta) * twice;
            double b = (twice + 1) * (twice + 2) * twice, c = -(twice + 1) * beta * beta, d = 2 * n * (n + beta) * (twice + 2);
            value[n + 1] = ((b * z + c) * value[n] - d * value[n - 1]) / a;
            slope[n + 1] = ((b * z + c) * slope[n] + b * value[n] - d * slope[n - 1]) / a;
        }

        // ∫₀¹ 3ρ²·Pₙ² dρ = 3 / (2(2n + β + 1)); the chain rule dz/dρ = 4ρ.
        for (int n = 0; n < value.Length; n++)
        {
            double scale = Math.Sqrt(2 * (2 * n + beta + 1) / 3);
            value[n] *= scale;
            slope[n] *= scale * 4 * rho;
        }
    }
}
