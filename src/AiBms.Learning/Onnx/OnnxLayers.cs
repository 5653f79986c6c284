using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Onnx;

/// <summary>Layers of a model file as ONNX operators, a sample at a time.</summary>
static class OnnxLayers
{
    /// <summary>Adds a layer.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Name of what it takes, 1 × inputs.</param>
    /// <param name="memory">Name of what it remembers, where it does.</param>
    /// <returns>Name of what it gives, 1 × outputs.</returns>
    public static string Add(OnnxGraph graph, LayerFile layer, string x, string memory)
    {
        string sums = layer.Kind switch
        {
            "dense" => graph.Add("Gemm", [x, graph.Floats("w", [layer.Outputs, layer.Inputs], layer.Weights), graph.Floats("b", [layer.Outputs], layer.Bias)], OnnxGraph.Of("transB", 1)),
            "gru" => Gated(graph, layer, x, memory),
            "convolution" => Convolution(graph, layer, x, memory),
            _ => throw new ModelException($"A layer of kind '{layer.Kind}' cannot be written as ONNX."),
        };
        return layer.Activation switch { "relu" => graph.Add("Relu", [sums]), "tanh" => graph.Add("Tanh", [sums]), "sigmoid" => graph.Add("Sigmoid", [sums]), _ => sums };
    }

    static string Gated(OnnxGraph graph, LayerFile layer, string x, string memory)
    {
        int units = layer.Outputs, inputs = layer.Inputs;
        graph.Input(memory, 1, 1, units);
        string sequence = graph.Add("Unsqueeze", [x, graph.Longs("axis", 0)]);
        string w = graph.Floats("w", [1, 3 * units, inputs], UpdateFirst(layer.Weights, units * inputs)), r = graph.Floats("r", [1, 3 * units, units], UpdateFirst(layer.Recurrent ?? [], units * units));
        string b = graph.Floats("b", [1, 6 * units], [.. UpdateFirst(layer.Bias, units), .. UpdateFirst(layer.RecurrentBias ?? [], units)]);
        graph.Add("GRU", [sequence, w, r, b, "", memory], ["", memory + OnnxExport.MemoryOut], "", OnnxGraph.Of("hidden_size", units), OnnxGraph.Of("linear_before_reset", 1));
        graph.Output(memory + OnnxExport.MemoryOut, 1, 1, units);
        return graph.Add("Squeeze", [memory + OnnxExport.MemoryOut, graph.Longs("axis", 0)]);
    }

    // ONNX has the gates in the order update, reset, fresh; a model file has reset first.
    static float[] UpdateFirst(float[] blocks, int each) => [.. blocks[each..(2 * each)], .. blocks[..each], .. blocks[(2 * each)..]];

    static string Convolution(OnnxGraph graph, LayerFile layer, string x, string memory)
    {
        int history = (layer.Taps - 1) * layer.Dilation;
        string column = graph.Add("Unsqueeze", [x, graph.Longs("axis", 2)]);
        if (history > 0)
        {
            graph.Input(memory, 1, layer.Inputs, history);
            column = graph.Add("Concat", [memory, column], OnnxGraph.Of("axis", 2));
            graph.Add("Slice", [column, graph.Longs("from", 1), graph.Longs("to", history + 1), graph.Longs("axis", 2)], [memory + OnnxExport.MemoryOut], "");
            graph.Output(memory + OnnxExport.MemoryOut, 1, layer.Inputs, history);
        }

        string w = graph.Floats("w", [layer.Outputs, layer.Inputs, layer.Taps], layer.Weights), b = graph.Floats("b", [layer.Outputs], layer.Bias);
        return graph.Add("Squeeze", [graph.Add("Conv", [column, w, b], OnnxGraph.Of("dilations", [(long)layer.Dilation])), graph.Longs("axis", 2)]);
    }
}
