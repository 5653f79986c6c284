using AiBms.Numerics;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>Arithmetic that the microcontroller's C code repeats operation by operation (<c>firmware/include/aibms/math.h</c>).</summary>
static class EdgeMath
{
    /// <summary>Clamps; NaN becomes <paramref name="low"/>, so that no stored number is ever NaN.</summary>
    public static float Clamp(float x, float low, float high)
    {
        float y = low;
        if (x >= low) y = x > high ? high : x;
        return y;
    }

    /// <summary>e to the power of −<paramref name="x"/> for x ≥ 0; 1 for negative x and NaN.</summary>
    public static float Decay(float x) => Clamp(ReproducibleMath.Exp(-Clamp(x, 0, 80)), 0, 1);

    /// <summary>asinh for |x| ≤ 32,000 (larger ones are clamped): ln(a + √(1 + a²)), absolute error below 1e-6.</summary>
    public static float Asinh(float x)
    {
        float a = Clamp(x < 0 ? -x : x, 0, 32000), u = a + MathF.Sqrt(1 + a * a), whole = 0;

        // u < 65,536 is brought to 1…2 by exact powers of two.
        if (u >= 256) { u *= 1f / 256; whole = 8; }
        if (u >= 16) { u *= 1f / 16; whole += 4; }
        if (u >= 4) { u *= 1f / 4; whole += 2; }
        if (u >= 2) { u *= 1f / 2; whole += 1; }
        float s = (u - 1) / (u + 1), q = s * s;
        float sum = 1f / 11;
        sum = sum * q + 1f / 9;
        sum = sum * q + 1f / 7;
        sum = sum * q + 1f / 5;
        sum = sum * q + 1f / 3;
        sum = sum * q + 1;
        float value = whole * 0.69314718f + (s + s) * sum;
        return x < 0 ? -value : value;
    }

    /// <summary>Section of an evenly spaced table: index below <paramref name="sections"/> and a weight of 0…1, held at the ends.</summary>
    public static (int Index, float Weight) Place(float place, int sections)
    {
        float held = Clamp(place, 0, sections);
        int k = (int)held;
        if (k >= sections) k = sections - 1;
        return (k, held - k);
    }
}
