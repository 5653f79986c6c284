namespace AiBms.Battery.Estimation.Networks;

/// <summary>A gated recurrent unit; what it remembers is what it gives.</summary>
/// <remarks>
/// r = σ(Wᵣx + bᵣ + Uᵣh + cᵣ), z = σ(W_z x + b_z + U_z h + c_z), n = tanh(Wₙx + bₙ + r(Uₙh + cₙ)), h ← (1 − z)n + z·h; gates lie in
/// the order r, z, n. Source: Cho et al. (2014), doi 10.3115/v1/D14-1179, with the reset after the product as training libraries have it.
/// </remarks>
sealed class GruLayer : INetworkLayer
{
    readonly int _inputs, _units, _stride;
    readonly Matrix[] _input, _recurrent;
    readonly float[][] _inputBias, _recurrentBias;
    readonly float[] _reset, _update, _fresh, _memory;

    public GruLayer(LayerFile file)
    {
        (_inputs, _units) = (file.Inputs, file.Outputs);
        (_input, _inputBias) = (Gates(file.Weights, _inputs), Biases(file.Bias));
        (_recurrent, _recurrentBias) = (Gates(file.Recurrent ?? [], _units), Biases(file.RecurrentBias ?? []));
        _stride = _input[0].Stride;
        (_reset, _update, _fresh, _memory) = (new float[_stride], new float[_stride], new float[_stride], new float[_stride]);
    }

    public int InputCount => _inputs;

    public int OutputCount => _stride;

    public int StateCount => _stride;

    public void Step(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs)
    {
        Sum(0, inputs, state, _reset, _reset);
        Sum(1, inputs, state, _update, _update);
        Sum(2, inputs, state, _fresh, _memory);
        for (int k = 0; k < _units; k++)
        {
            float reset = Activation.Sigmoid(_reset[k]), update = Activation.Sigmoid(_update[k]);
            float fresh = Activation.Tanh(_fresh[k] + reset * _memory[k]);
            state[k] = (1f - update) * fresh + update * state[k];
        }

        state.CopyTo(outputs);
    }

    // Where both sums go to the same place the recurrent one is added to it.
    void Sum(int gate, ReadOnlySpan<float> inputs, ReadOnlySpan<float> state, float[] ofInputs, float[] ofMemory)
    {
        _inputBias[gate].CopyTo(ofInputs, 0);
        _input[gate].AddTo(ofInputs, inputs);
        if (ReferenceEquals(ofInputs, ofMemory))
            for (int k = 0; k < _stride; k++) ofMemory[k] += _recurrentBias[gate][k];
        else _recurrentBias[gate].CopyTo(ofMemory, 0);
        _recurrent[gate].AddTo(ofMemory, state);
    }

    Matrix[] Gates(float[] weights, int inputs)
    {
        int each = _units * inputs;
        if (weights.Length != 3 * each) throw new ArgumentException($"A layer of {_units} gated units with {inputs} inputs has {3 * each} weights, not {weights.Length}.", nameof(weights));
        return [.. Enumerable.Range(0, 3).Select(gate => new Matrix(weights.AsSpan(gate * each, each), _units, inputs))];
    }

    float[][] Biases(float[] bias)
    {
        if (bias.Length != 3 * _units) throw new ArgumentException($"A layer of {_units} gated units has {3 * _units} biases, not {bias.Length}.", nameof(bias));
        return [.. Enumerable.Range(0, 3).Select(gate => Matrix.Padded(bias.AsSpan(gate * _units, _units), _units))];
    }
}
