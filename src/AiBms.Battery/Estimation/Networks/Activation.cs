using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AiBms.Numerics;

namespace AiBms.Battery.Estimation.Networks;

/// <summary>What a layer does to its sums, in float32 and one fixed order.</summary>
static class Activation
{
    /// <summary>Names that a model file may use.</summary>
    public static IReadOnlyList<string> Names { get; } = ["none", "relu", "tanh", "sigmoid"];

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static float Sigmoid(float x) => 1f / (1f + ReproducibleMath.Exp(-x));

    /// <summary>Hyperbolic tangent, as 1 − 2 / (e²ˣ + 1): absolute error below 2e-7.</summary>
    public static float Tanh(float x) => 1f - 2f / (ReproducibleMath.Exp(x + x) + 1f);

    /// <summary>Applies a named one in place.</summary>
    public static void Apply(string name, Span<float> values)
    {
        if (name == "none") return;
        int k = 0, lanes = Vector256<float>.Count;
        ref float first = ref MemoryMarshal.GetReference(values);
        for (; k + lanes <= values.Length; k += lanes)
        {
            var x = Vector256.LoadUnsafe(ref first, (nuint)k);
            (name switch { "relu" => Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), x, Vector256<float>.Zero), "tanh" => VectorActivation.Tanh(x), _ => VectorActivation.Sigmoid(x) }).StoreUnsafe(ref first, (nuint)k);
        }

        for (; k < values.Length; k++)
            values[k] = name switch { "relu" => values[k] > 0 ? values[k] : 0, "tanh" => Tanh(values[k]), _ => Sigmoid(values[k]) };
    }
}
