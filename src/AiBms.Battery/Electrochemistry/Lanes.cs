using System.Numerics;
using System.Runtime.InteropServices;

namespace AiBms.Battery.Electrochemistry;

/// <summary>The vector operations that particles need, a machine vector at a time.</summary>
static class Lanes
{
    /// <summary>target += factor·source.</summary>
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        source = source[..target.Length];
        var wide = MemoryMarshal.Cast<double, Vector<double>>(target);
        var wideSource = MemoryMarshal.Cast<double, Vector<double>>(source);
        var wideFactor = new Vector<double>(factor);
        for (int i = 0; i < wide.Length; i++) wide[i] += wideFactor * wideSource[i];
        for (int i = wide.Length * Vector<double>.Count; i < target.Length; i++) target[i] += factor * source[i];
    }

    /// <summary>target = a·x + b·y; target may be x.</summary>
    public static void Combine(Span<double> target, ReadOnlySpan<double> x, double a, ReadOnlySpan<double> y, double b)
    {
        x = x[..target.Length];
        y = y[..target.Length];
        var wide = MemoryMarshal.Cast<double, Vector<double>>(target);
        var wideX = MemoryMarshal.Cast<double, Vector<double>>(x);
        var wideY = MemoryMarshal.Cast<double, Vector<double>>(y);
        Vector<double> wideA = new(a), wideB = new(b);
        for (int i = 0; i < wide.Length; i++) wide[i] = wideA * wideX[i] + wideB * wideY[i];
        for (int i = wide.Length * Vector<double>.Count; i < target.Length; i++) target[i] = a * x[i] + b * y[i];
    }

    /// <summary>Σ xᵢ·yᵢ.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        y = y[..x.Length];
        var wideX = MemoryMarshal.Cast<double, Vector<double>>(x);
        var wideY = MemoryMarshal.Cast<double, Vector<double>>(y);
        var sums = Vector<double>.Zero;
        for (int i = 0; i < wideX.Length; i++) sums += wideX[i] * wideY[i];
        double sum = Vector.Sum(sums);
        for (int i = wideX.Length * Vector<double>.Count; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    /// <summary>target = x·a + y·b, element by element; the length fills machine vectors.</summary>
    public static void Multiply(Span<double> target, ReadOnlySpan<double> x, ReadOnlySpan<double> a, ReadOnlySpan<double> y, ReadOnlySpan<double> b)
    {
        var wide = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> wideX = MemoryMarshal.Cast<double, Vector<double>>(x)[..wide.Length], wideY = MemoryMarshal.Cast<double, Vector<double>>(y)[..wide.Length];
        ReadOnlySpan<Vector<double>> wideA = MemoryMarshal.Cast<double, Vector<double>>(a)[..wide.Length], wideB = MemoryMarshal.Cast<double, Vector<double>>(b)[..wide.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = wideX[i] * wideA[i] + wideY[i] * wideB[i];
    }
}
