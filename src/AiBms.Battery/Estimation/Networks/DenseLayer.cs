namespace AiBms.Battery.Estimation.Networks;

/// <summary>y = f(W·x + b).</summary>
sealed class DenseLayer(LayerFile file) : INetworkLayer
{
    readonly Matrix _weights = new(file.Weights, file.Outputs, file.Inputs);
    readonly float[] _bias = Matrix.Padded(file.Bias, file.Outputs);

    public int InputCount => file.Inputs;

    public int OutputCount => _weights.Stride;

    public int StateCount => 0;

    public void Step(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs)
    {
        _bias.CopyTo(outputs);
        _weights.AddTo(outputs, inputs);
        Activation.Apply(file.Activation, outputs[..file.Outputs]);
    }
}
