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

    /// <summary>target = Σₖ weightₖ·rowₖ, rows one after the other, each as long as the target.</summary>
    public static void WeightedRows(Span<double> target, ReadOnlySpan<double> rows, ReadOnlySpan<double> weights)
    {
        int width = target.Length, i = 0;
        rows = rows[..(width * weights.Length)];
        ref double row = ref MemoryMarshal.GetReference(rows), to = ref MemoryMarshal.GetReference(target);
        for (; i + 2 * Vector<double>.Count <= width; i += 2 * Vector<double>.Count)
        {
            Vector<double> first = Vector<double>.Zero, second = first;
            nuint at = (nuint)i;
            foreach (double weight in weights)
            {
                var wide = new Vector<double>(weight);
                first += wide * Vector.LoadUnsafe(ref row, at);
                second += wide * Vector.LoadUnsafe(ref row, at + (nuint)Vector<double>.Count);
                at += (nuint)width;
            }

            first.StoreUnsafe(ref to, (nuint)i);
            second.StoreUnsafe(ref to, (nuint)(i + Vector<double>.Count));
        }

        for (; i + Vector<double>.Count <= width; i += Vector<double>.Count)
        {
            Vector<double> even = Vector<double>.Zero, odd = even;
            int k = 0;
            nuint at = (nuint)i, step = (nuint)width;
            for (; k + 1 < weights.Length; k += 2, at += 2 * step)
            {
                even += new Vector<double>(weights[k]) * Vector.LoadUnsafe(ref row, at);
                odd += new Vector<double>(weights[k + 1]) * Vector.LoadUnsafe(ref row, at + step);
            }

            if (k < weights.Length) even += new Vector<double>(weights[k]) * Vector.LoadUnsafe(ref row, at);
            (even + odd).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < width; i++)
        {
            double sum = 0;
            for (int k = 0; k < weights.Length; k++) sum += weights[k] * rows[k * width + i];
            target[i] = sum;
        }
    }

    /// <summary>Rows of target = aₖ·rowₖ + bₖ·y, rows one after the other, each as long as y; target may be the rows.</summary>
    public static void CombineRows(Span<double> target, ReadOnlySpan<double> rows, ReadOnlySpan<double> a, ReadOnlySpan<double> y, ReadOnlySpan<double> b)
    {
        int width = y.Length, i = 0;
        target = target[..(width * a.Length)];
        rows = rows[..target.Length];
        b = b[..a.Length];
        ref double row = ref MemoryMarshal.GetReference(rows), to = ref MemoryMarshal.GetReference(target), input = ref MemoryMarshal.GetReference(y);
        for (; i + Vector<double>.Count <= width; i += Vector<double>.Count)
        {
            var there = Vector.LoadUnsafe(ref input, (nuint)i);
            nuint at = (nuint)i;
            for (int k = 0; k < a.Length; k++, at += (nuint)width)
                (new Vector<double>(a[k]) * Vector.LoadUnsafe(ref row, at) + new Vector<double>(b[k]) * there).StoreUnsafe(ref to, at);
        }

        for (; i < width; i++)
            for (int k = 0, at = i; k < a.Length; k++, at += width) target[at] = a[k] * rows[at] + b[k] * y[i];
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
