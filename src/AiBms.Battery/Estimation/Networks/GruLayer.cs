using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiBms.Battery.Estimation.Networks;

/// <summary>A gated recurrent unit; what it remembers is what it gives.</summary>
/// <remarks>
/// r = σ(Wᵣx + bᵣ + Uᵣh + cᵣ), z = σ(W_z x + b_z + U_z h + c_z), n = tanh(Wₙx + bₙ + r(Uₙh + cₙ)), h ← (1 − z)n + z·h; gates lie in
/// the order r, z, n. Source: Cho et al. (2014), doi 10.3115/v1/D14-1179, with the reset after the product as training libraries have it.
/// </remarks>
sealed class GruLayer : INetworkLayer
{
    const int Gates = 3;

    readonly int _inputs, _units, _stride;

    /// <summary>For each eight units: bias and then one row for every input, of reset, update and fresh side by side.</summary>
    readonly float[] _ofInputs, _ofMemory;

    /// <summary>Memory before the step: units are written while others still read it.</summary>
    readonly float[] _before;

    public GruLayer(LayerFile file)
    {
        (_inputs, _units, _stride) = (file.Inputs, file.Outputs, Matrix.Padded(file.Outputs));
        (_ofInputs, _ofMemory) = (Packed(file.Weights, file.Bias, _inputs), Packed(file.Recurrent ?? [], file.RecurrentBias ?? [], _units));
        _before = new float[_stride];
    }

    public int InputCount => _inputs;

    public int OutputCount => _stride;

    public int StateCount => _stride;

    public void Step(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs.Length, _inputs);
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, _stride);
        ArgumentOutOfRangeException.ThrowIfNotEqual(outputs.Length, _stride);
        state.CopyTo(_before);
        ref float input = ref MemoryMarshal.GetReference(inputs), memory = ref MemoryMarshal.GetArrayDataReference(_before), kept = ref MemoryMarshal.GetReference(state);
        int lanes = Vector256<float>.Count;
        for (int c = 0; c < _stride; c += lanes)
        {
            ref float weights = ref _ofInputs[c * Gates * (_inputs + 1)], recurrent = ref _ofMemory[c * Gates * (_units + 1)];
            Vector256<float> reset = At(ref weights, 0), update = At(ref weights, 1), fresh = At(ref weights, 2);
            for (int j = 0; j < _inputs; j++)
            {
                var x = Vector256.Create(Unsafe.Add(ref input, j));
                weights = ref Unsafe.Add(ref weights, Gates * lanes);
                (reset, update, fresh) = (reset + At(ref weights, 0) * x, update + At(ref weights, 1) * x, fresh + At(ref weights, 2) * x);
            }

            (reset, update) = (reset + At(ref recurrent, 0), update + At(ref recurrent, 1));
            var remembered = At(ref recurrent, 2);
            for (int j = 0; j < _units; j++)
            {
                var h = Vector256.Create(Unsafe.Add(ref memory, j));
                recurrent = ref Unsafe.Add(ref recurrent, Gates * lanes);
                (reset, update, remembered) = (reset + At(ref recurrent, 0) * h, update + At(ref recurrent, 1) * h, remembered + At(ref recurrent, 2) * h);
            }

            update = VectorActivation.Sigmoid(update);
            fresh = VectorActivation.Tanh(fresh + VectorActivation.Sigmoid(reset) * remembered);
            ((Vector256<float>.One - update) * fresh + update * Vector256.LoadUnsafe(ref memory, (nuint)c)).StoreUnsafe(ref kept, (nuint)c);
        }

        state.CopyTo(outputs);
    }

    static Vector256<float> At(ref float weights, int gate) => Vector256.LoadUnsafe(ref weights, (nuint)(gate * Vector256<float>.Count));

    float[] Packed(float[] weights, float[] bias, int inputs)
    {
        if (weights.Length != Gates * _units * inputs) throw new ArgumentException($"A layer of {_units} gated units with {inputs} inputs has {Gates * _units * inputs} weights, not {weights.Length}.", nameof(weights));
        if (bias.Length != Gates * _units) throw new ArgumentException($"A layer of {_units} gated units has {Gates * _units} biases, not {bias.Length}.", nameof(bias));
        int lanes = Vector256<float>.Count;
        float[] packed = new float[Gates * _stride * (inputs + 1)];
        for (int gate = 0; gate < Gates; gate++)
        {
            for (int k = 0; k < _units; k++)
            {
                int row = gate * _units + k, at = k / lanes * lanes * Gates * (inputs + 1) + gate * lanes + k % lanes;
                packed[at] = bias[row];
                for (int j = 0; j < inputs; j++) packed[at + (j + 1) * Gates * lanes] = weights[row * inputs + j];
            }
        }

        return packed;
    }
}
