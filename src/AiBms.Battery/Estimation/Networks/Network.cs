namespace AiBms.Battery.Estimation.Networks;

/// <summary>A small network that takes a sample at a time and remembers what its layers remember. Float32, one fixed order, no allocation a step.</summary>
public sealed class Network
{
    readonly INetworkLayer[] _layers;
    readonly float[][] _states, _outputs;

    /// <param name="layers">At least one; each takes what the one before gives. Refused with an <see cref="ArgumentException"/> otherwise.</param>
    public Network(IReadOnlyList<LayerFile> layers)
    {
        if (layers.Count == 0) throw new ArgumentException("A network has at least one layer.", nameof(layers));
        for (int k = 1; k < layers.Count; k++)
            if (layers[k].Inputs != layers[k - 1].Outputs) throw new ArgumentException($"Layer {k} takes {layers[k].Inputs} numbers but is given {layers[k - 1].Outputs}.", nameof(layers));
        _layers = [.. layers.Select(Make)];
        (InputCount, OutputCount) = (layers[0].Inputs, layers[^1].Outputs);
        (_states, _outputs) = ([.. _layers.Select(layer => new float[layer.StateCount])], [.. _layers.Select(layer => new float[layer.OutputCount])]);
    }

    /// <summary>Numbers taken a step.</summary>
    public int InputCount { get; }

    /// <summary>Numbers given a step.</summary>
    public int OutputCount { get; }

    /// <summary>Forgets everything.</summary>
    public void Start()
    {
        foreach (float[] state in _states) Array.Clear(state);
    }

    /// <summary>Takes in one sample.</summary>
    /// <param name="inputs">Scaled inputs, <see cref="InputCount"/> numbers.</param>
    /// <returns>Outputs, valid until the next step.</returns>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> inputs)
    {
        for (int k = 0; k < _layers.Length; k++)
        {
            _layers[k].Step(inputs, _states[k], _outputs[k]);
            inputs = _outputs[k];
        }

        return inputs[..OutputCount];
    }

    static INetworkLayer Make(LayerFile layer)
    {
        if (layer.Inputs < 1 || layer.Outputs < 1) throw new ArgumentException($"A layer takes and gives at least one number, not {layer.Inputs} and {layer.Outputs}.", nameof(layer));
        if (!Activation.Names.Contains(layer.Activation, StringComparer.Ordinal)) throw new ArgumentException($"'{layer.Activation}' is no activation; known are {string.Join(", ", Activation.Names)}.", nameof(layer));
        return layer.Kind switch
        {
            "dense" => new DenseLayer(layer),
            "gru" => new GruLayer(layer),
            "convolution" => new ConvolutionLayer(layer),
            _ => throw new ArgumentException($"'{layer.Kind}' is no layer; known are dense, gru, convolution.", nameof(layer)),
        };
    }
}
