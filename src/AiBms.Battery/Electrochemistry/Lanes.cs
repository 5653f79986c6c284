using System.Numerics;
using System.Runtime.InteropServices;

namespace AiBms.Battery.Electrochemistry;

/// <summary>The two vector operations that particles need, a machine vector at a time.</summary>
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
}
