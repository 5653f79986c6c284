using System.Numerics;

namespace AiBms.Numerics;

/// <summary>Elementary functions with one fixed order of operations, so that every processor and language gives the same bits.</summary>
/// <remarks>
/// Library exp and log differ between C runtimes; these use only +, −, ×, ÷, comparisons and exact powers of two, which IEEE 754
/// fixes. The same text in C99 without contraction gives the same result. Relative error ≤ 3e-7 in float, ≤ 1e-13 in double.
/// </remarks>
public static class ReproducibleMath
{
    /// <summary>e to the power of <paramref name="x"/>. Arguments beyond ±80 are treated as ±80, NaN as −80: no overflow, no trap.</summary>
    public static T Exp<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T limit = T.CreateTruncating(80);
        if (!(x > -limit)) x = -limit;
        if (x > limit) x = limit;

        // x = k·ln2 + r with |r| ≤ ln2/2; ln2 in two parts so that k·high is exact in both precisions.
        T scaled = x * T.CreateTruncating(1.4426950408889634);
        int k = int.CreateTruncating(scaled < T.Zero ? scaled - T.CreateTruncating(0.5) : scaled + T.CreateTruncating(0.5));
        T power = T.CreateTruncating(k);
        T r = x - power * T.CreateTruncating(0.693359375) - power * T.CreateTruncating(-2.1219444005469058e-4);

        // Taylor polynomial in Horner form: the remainder at ln2/2 is below 1e-15.
        T sum = T.CreateTruncating(1.0 / 479001600);
        sum = sum * r + T.CreateTruncating(1.0 / 39916800);
        sum = sum * r + T.CreateTruncating(1.0 / 3628800);
        sum = sum * r + T.CreateTruncating(1.0 / 362880);
        sum = sum * r + T.CreateTruncating(1.0 / 40320);
        sum = sum * r + T.CreateTruncating(1.0 / 5040);
        sum = sum * r + T.CreateTruncating(1.0 / 720);
        sum = sum * r + T.CreateTruncating(1.0 / 120);
        sum = sum * r + T.CreateTruncating(1.0 / 24);
        sum = sum * r + T.CreateTruncating(1.0 / 6);
        sum = sum * r + T.CreateTruncating(0.5);
        sum = sum * r + T.One;
        sum = sum * r + T.One;
        return sum * PowerOfTwo<T>(k);
    }

    /// <summary>Natural logarithm of a positive finite <paramref name="x"/>; values at or below 1e-30 (and NaN) are treated as 1e-30.</summary>
    public static T Log<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T least = T.CreateTruncating(1e-30);
        if (!(x > least)) x = least;

        // Halving and doubling by powers of two are exact; 17 of each reach every argument in range from either side.
        int k = 0;
        T big = T.CreateTruncating(65536), two = T.CreateTruncating(2), small = T.CreateTruncating(1.0 / 65536);
        T root = T.CreateTruncating(1.4142135623730951), half = T.CreateTruncating(0.5);
        for (int n = 0; n < 16 && x >= big; n++) { x *= small; k += 16; }
        for (int n = 0; n < 16 && x < small; n++) { x *= big; k -= 16; }
        for (int n = 0; n < 17 && x >= root; n++) { x *= half; k++; }
        for (int n = 0; n < 17 && x < root * half; n++) { x *= two; k--; }

        // ln x = 2·artanh(s), s = (x−1)/(x+1), |s| ≤ 0.172: odd series, remainder below 1e-16.
        T s = (x - T.One) / (x + T.One), q = s * s;
        T sum = T.CreateTruncating(1.0 / 19);
        sum = sum * q + T.CreateTruncating(1.0 / 17);
        sum = sum * q + T.CreateTruncating(1.0 / 15);
        sum = sum * q + T.CreateTruncating(1.0 / 13);
        sum = sum * q + T.CreateTruncating(1.0 / 11);
        sum = sum * q + T.CreateTruncating(1.0 / 9);
        sum = sum * q + T.CreateTruncating(1.0 / 7);
        sum = sum * q + T.CreateTruncating(1.0 / 5);
        sum = sum * q + T.CreateTruncating(1.0 / 3);
        sum = sum * q + T.One;
        return T.CreateTruncating(k) * T.CreateTruncating(0.6931471805599453) + two * s * sum;
    }

    /// <summary>Inverse hyperbolic sine; odd, smooth at zero. Magnitudes beyond 1e15 are treated as 1e15.</summary>
    public static T Asinh<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T a = x < T.Zero ? -x : x;
        T limit = T.CreateTruncating(1e15);
        if (!(a < limit)) a = limit;

        // asinh a = 2·artanh(a / (1 + √(1+a²))): the series of the logarithm is used directly where a is small.
        T value;
        if (a < T.CreateTruncating(0.25))
        {
            T s = a / (T.One + T.Sqrt(T.One + a * a)), q = s * s;
            T sum = T.CreateTruncating(1.0 / 15);
            sum = sum * q + T.CreateTruncating(1.0 / 13);
            sum = sum * q + T.CreateTruncating(1.0 / 11);
            sum = sum * q + T.CreateTruncating(1.0 / 9);
            sum = sum * q + T.CreateTruncating(1.0 / 7);
            sum = sum * q + T.CreateTruncating(1.0 / 5);
            sum = sum * q + T.CreateTruncating(1.0 / 3);
            sum = sum * q + T.One;
            value = (s + s) * sum;
        }
        else
        {
            value = Log(a + T.Sqrt(T.One + a * a));
        }

        return x < T.Zero ? -value : value;
    }

    /// <summary>2ᵏ for |k| ≤ 120, exact, by repeated squaring: no bit tricks, so that the C form is the same text.</summary>
    static T PowerOfTwo<T>(int k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T factor = k < 0 ? T.CreateTruncating(0.5) : T.CreateTruncating(2), result = T.One;
        for (int n = k < 0 ? -k : k; n > 0; n >>= 1)
        {
            if ((n & 1) != 0) result *= factor;
            factor *= factor;
        }

        return result;
    }
}
