using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiBms.Battery.Estimation.Networks;

/// <summary>A weight matrix laid out for y ← y + W·x: one padded row for each input, so that vectors run along the outputs.</summary>
/// <remarks>Each output is summed over the inputs in their order, whatever the vector's width: the same bits on every processor and in C.</remarks>
sealed class Matrix
{
    readonly float[] _byInput;
    readonly int _inputs;

    /// <param name="rows">Outputs × inputs, row by row, as training libraries have it.</param>
    /// <param name="outputs">Rows.</param>
    /// <param name="inputs">Columns.</param>
    public Matrix(ReadOnlySpan<float> rows, int outputs, int inputs)
    {
        if (rows.Length != outputs * inputs) throw new ArgumentException($"{outputs} × {inputs} weights are {outputs * inputs}, not {rows.Length}.", nameof(rows));
        (_inputs, Stride) = (inputs, Padded(outputs));
        _byInput = new float[inputs * Stride];
        for (int j = 0; j < inputs; j++)
            for (int k = 0; k < outputs; k++) _byInput[j * Stride + k] = rows[k * inputs + j];
    }

    /// <summary>Outputs rounded up to whole vectors.</summary>
    public int Stride { get; }

    /// <summary>A count rounded up to whole vectors.</summary>
    public static int Padded(int count) => (count + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;

    /// <summary>A vector padded with zeros.</summary>
    public static float[] Padded(ReadOnlySpan<float> values, int count)
    {
        if (values.Length != count) throw new ArgumentException($"{count} numbers are needed, not {values.Length}.", nameof(values));
        float[] padded = new float[Padded(count)];
        values.CopyTo(padded);
        return padded;
    }

    /// <summary>y ← y + W·x.</summary>
    public void AddTo(Span<float> y, ReadOnlySpan<float> x)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(y.Length, Stride);
        ArgumentOutOfRangeException.ThrowIfLessThan(x.Length, _inputs);
        int lanes = Vector256<float>.Count;
        ref float weights = ref MemoryMarshal.GetArrayDataReference(_byInput), to = ref MemoryMarshal.GetReference(y);
        for (int c = 0; c < Stride; c += lanes)
        {
            var sum = Vector256.LoadUnsafe(ref to, (nuint)c);
            for (int j = 0; j < _inputs; j++) sum += Vector256.LoadUnsafe(ref weights, (nuint)(j * Stride + c)) * x[j];
            sum.StoreUnsafe(ref to, (nuint)c);
        }
    }
}
