using System.Runtime.Intrinsics;

namespace AiBms.Battery.Estimation.Networks;

/// <summary>Eight activations at a time, each with the bits of <see cref="Activation"/>.</summary>
/// <remarks>The operations of <see cref="Numerics.ReproducibleMath.Exp{T}"/> in their order, products and sums apart (a fused one would round once less).</remarks>
static class VectorActivation
{
    /// <summary>Factorials' reciprocals from 12! down to 2!, then 1 and 1.</summary>
    static readonly float[] s_series = [.. ((double[])[479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1]).Select(factorial => (float)(1 / factorial))];

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Vector256<float> Sigmoid(Vector256<float> x) => Vector256<float>.One / (Vector256<float>.One + Exp(-x));

    /// <summary>Hyperbolic tangent.</summary>
    public static Vector256<float> Tanh(Vector256<float> x) => Vector256<float>.One - Vector256.Create(2f) / (Exp(x + x) + Vector256<float>.One);

    static Vector256<float> Exp(Vector256<float> x)
    {
        var limit = Vector256.Create(80f);
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(x, -limit), x, -limit);
        x = Vector256.ConditionalSelect(Vector256.GreaterThan(x, limit), limit, x);
        var scaled = x * Vector256.Create((float)1.4426950408889634);
        var half = Vector256.ConditionalSelect(Vector256.LessThan(scaled, Vector256<float>.Zero), Vector256.Create(-0.5f), Vector256.Create(0.5f));
        var k = Vector256.ConvertToInt32(scaled + half);
        var power = Vector256.ConvertToSingle(k);
        var r = x - power * Vector256.Create(0.693359375f) - power * Vector256.Create((float)-2.1219444005469058e-4);
        var sum = Vector256.Create(s_series[0]);
        for (int n = 1; n < s_series.Length; n++) sum = sum * r + Vector256.Create(s_series[n]);

        // 2ᵏ by its exponent: |k| ≤ 116, so neither end of the range is reached.
        return sum * Vector256.ShiftLeft(k + Vector256.Create(127), 23).AsSingle();
    }
}
