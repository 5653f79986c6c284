namespace AiBms.Battery.Estimation.Networks;

/// <summary>A causal convolution over time: y(t) = f(b + Σₖ Wₖ·x(t − (K − 1 − k)·d)), with zeros before the start.</summary>
/// <remarks>Weights are outputs × inputs × K, as training libraries have them; the last of the K taps is the present sample.</remarks>
sealed class ConvolutionLayer : INetworkLayer
{
    readonly LayerFile _file;
    readonly Matrix[] _taps;
    readonly float[] _bias;
    readonly int _history;

    public ConvolutionLayer(LayerFile file)
    {
        int taps = file.Taps, inputs = file.Inputs, outputs = file.Outputs;
        if (taps < 1 || file.Dilation < 1) throw new ArgumentException("A convolution has at least one tap and a dilation of at least 1.", nameof(file));
        if (file.Weights.Length != taps * inputs * outputs) throw new ArgumentException($"A convolution of {outputs} × {inputs} × {taps} has {taps * inputs * outputs} weights, not {file.Weights.Length}.", nameof(file));
        (_file, _bias, _history) = (file, Matrix.Padded(file.Bias, outputs), (taps - 1) * file.Dilation + 1);
        _taps = [.. Enumerable.Range(0, taps).Select(tap => new Matrix([.. Enumerable.Range(0, outputs * inputs).Select(k => file.Weights[k * taps + tap])], outputs, inputs))];
    }

    public int InputCount => _file.Inputs;

    public int OutputCount => _bias.Length;

    /// <summary>Samples in a ring, and the place of the next one behind them.</summary>
    public int StateCount => _history * _file.Inputs + 1;

    public void Step(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs)
    {
        int width = _file.Inputs, now = (int)state[^1];
        inputs[..width].CopyTo(state.Slice(now * width, width));
        _bias.CopyTo(outputs);
        for (int tap = 0; tap < _taps.Length; tap++)
        {
            int back = (_taps.Length - 1 - tap) * _file.Dilation, at = now - back;
            if (at < 0) at += _history;
            _taps[tap].AddTo(outputs, state.Slice(at * width, width));
        }

        state[^1] = now + 1 == _history ? 0 : now + 1;
        Activation.Apply(_file.Activation, outputs[.._file.Outputs]);
    }
}
