using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Onnx;

/// <summary>Writes a model file as ONNX: one sample a run, what is remembered goes in and out beside it, scaling inside. A regression (health, life, temperature ahead) has no memory.</summary>
/// <remarks>
/// Input <c>features</c> is 1 × inputs in the units of the model file, output <c>outputs</c> 1 × outputs in theirs. Each input
/// <c>memory_k</c> begins as zeros and is given <c>memory_k_out</c> of the run before. The rest of the model file (names, units, ranges,
/// band, training) lies as JSON in the metadata under <see cref="ModelKey"/>.
/// </remarks>
public static class OnnxExport
{
    /// <summary>Name of the metadata that holds the model file without its weights.</summary>
    public const string ModelKey = "aibms.model";

    /// <summary>Ending of the output that goes back into a memory.</summary>
    public const string MemoryOut = "_out";

    /// <summary>The model as an ONNX file's bytes.</summary>
    /// <exception cref="ModelException">It has neither layers, trees nor a regression.</exception>
    public static byte[] Write(ModelFile file)
    {
        if (file.Regression is { } regression) return Write(file, regression);
        if (file.Layers.Length == 0 && file.Trees.Length == 0) throw new ModelException($"{file.Id} has neither layers, trees nor a regression: there is nothing to export.");
        int inputs = file.Inputs.Length, outputs = file.Outputs.Length;
        OnnxGraph graph = new();
        graph.Input("features", 1, inputs);
        string centred = graph.Add("Sub", ["features", graph.Floats("mean", [1, inputs], [.. file.Inputs.Select(input => (float)input.Mean)])]);
        string x = graph.Add("Div", [centred, graph.Floats("scale", [1, inputs], [.. file.Inputs.Select(input => (float)input.Scale)])]);
        for (int k = 0; k < file.Layers.Length; k++) x = OnnxLayers.Add(graph, file.Layers[k], x, $"memory_{k}");
        if (file.Trees.Length > 0) x = OnnxTrees.Add(graph, file.Trees, x);
        string scaled = graph.Add("Mul", [x, graph.Floats("out_scale", [1, outputs], [.. file.Outputs.Select(output => (float)output.Scale)])]);
        graph.Add("Add", [scaled, graph.Floats("out_mean", [1, outputs], [.. file.Outputs.Select(output => (float)output.Mean)])], ["outputs"], "");
        graph.Output("outputs", 1, outputs);
        return Finished(graph, file);
    }

    static byte[] Write(ModelFile file, RegressionFile regression)
    {
        OnnxGraph graph = new();
        graph.Input("features", 1, file.Inputs.Length);
        graph.Add("Cast", [OnnxRegression.Add(graph, regression, graph.Cast("features", toDouble: true))], ["outputs"], "", OnnxGraph.ToFloat);
        graph.Output("outputs", 1, 1);
        return Finished(graph, file);
    }

    static byte[] Finished(OnnxGraph graph, ModelFile file) =>
        graph.ToModel(file.Id, $"{file.Title}. {file.Validity}", [(ModelKey, ModelText.Format(file with { Layers = [], Trees = [], Regression = null }))]);
}
