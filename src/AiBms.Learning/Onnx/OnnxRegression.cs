using AiBms.Battery.Estimation.Networks;

namespace AiBms.Learning.Onnx;

/// <summary>A regression of a model file as ONNX operators: in double width where <see cref="Regression"/> is, in float where it is.</summary>
static class OnnxRegression
{
    /// <summary>Adds it.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="file">The regression.</param>
    /// <param name="x">Name of the features, 1 × inputs, double.</param>
    /// <returns>Name of the estimate, 1 × 1, double.</returns>
    public static string Add(OnnxGraph graph, RegressionFile file, string x)
    {
        string estimate;
        if (file.Kind == "average")
        {
            string sum = Add(graph, file.Parts[0], x);
            foreach (var part in file.Parts[1..]) sum = graph.Add("Add", [sum, Add(graph, part, x)]);
            estimate = graph.Add("Div", [sum, Number(graph, file.Parts.Length)]);
        }
        else
        {
            string raw = graph.Add("Add", [Sum(graph, file, x), Number(graph, file.Intercept)]);
            estimate = file.IsLogarithmic ? graph.Add("Exp", [raw]) : raw;
        }

        return file.BaseInput is { } based ? graph.Add("Add", [graph.Add("Gather", [x, graph.Longs("base", based)], OnnxGraph.Of("axis", 1)), estimate]) : estimate;
    }

    static string Sum(OnnxGraph graph, RegressionFile file, string x)
    {
        if (file.Kind == "constant") return Number(graph, 0);
        string scaled = Scaled(graph, file, x);
        string Narrow() => graph.Cast(scaled, toDouble: false);
        return file.Kind switch
        {
            "linear" => Linear(graph, file, scaled),
            "kernel" => Kernel(graph, file, graph.Cast(Narrow(), toDouble: true)),
            "trees" => Times(OnnxTrees.Add(graph, [file.Trees], Narrow())),
            "network" => Times(Network(graph, file, Narrow())),
            _ => throw new ModelException($"A regression of kind '{file.Kind}' cannot be written as ONNX."),
        };

        string Times(string narrow) => graph.Add("Mul", [graph.Cast(narrow, toDouble: true), Number(graph, file.OutputScale)]);
    }

    // What is not known counts as the mean.
    static string Scaled(OnnxGraph graph, RegressionFile file, string x)
    {
        int width = file.Columns.Length;
        string columns = graph.Add("Gather", [x, graph.Longs("columns", [.. file.Columns.Select(k => (long)k)])], OnnxGraph.Of("axis", 1));
        string z = graph.Add("Div", [graph.Add("Sub", [columns, graph.Doubles("center", [1, width], file.Center)]), graph.Doubles("scale", [1, width], file.Scale)]);
        string unknown = graph.Add("Or", [graph.Add("IsNaN", [z]), graph.Add("IsInf", [z])]);
        z = graph.Add("Where", [unknown, Number(graph, 0), z]);
        return file.Farthest > 0 ? graph.Add("Clip", [z, graph.Doubles("least", [], [-file.Farthest]), graph.Doubles("most", [], [file.Farthest])]) : z;
    }

    static string Linear(OnnxGraph graph, RegressionFile file, string z)
    {
        int[] squared = file.Squared;
        if (squared.Length > 0)
        {
            var pairs = Enumerable.Range(0, squared.Length).SelectMany(i => Enumerable.Range(i, squared.Length - i).Select(j => (First: (long)squared[i], Second: (long)squared[j]))).ToArray();
            string Of(Func<(long First, long Second), long> side) => graph.Add("Gather", [z, graph.Longs("pairs", [.. pairs.Select(side)])], OnnxGraph.Of("axis", 1));
            z = graph.Add("Concat", [z, graph.Add("Mul", [Of(pair => pair.First), Of(pair => pair.Second)])], OnnxGraph.Of("axis", 1));
        }

        return graph.Add("MatMul", [z, graph.Doubles("weights", [file.Weights.Length, 1], file.Weights)]);
    }

    static string Kernel(OnnxGraph graph, RegressionFile file, string z)
    {
        int rows = file.Rows.Length, width = file.Columns.Length;
        double count = Math.Max(1, width);
        string kept = graph.Doubles("rows", [rows, width], [.. file.Rows.SelectMany(row => row.Select(value => (double)value))]), ones = graph.Doubles("ones", [width, 1], [.. Enumerable.Repeat(1.0, width)]);
        string apart = graph.Add("Sub", [kept, z]);
        string near = graph.Add("Exp", [graph.Add("Mul", [graph.Add("MatMul", [graph.Add("Mul", [apart, apart]), ones]), Number(graph, -1 / (2 * file.Length * file.Length * count))])]);
        string dot = graph.Add("Mul", [graph.Add("MatMul", [graph.Add("Mul", [kept, z]), ones]), Number(graph, file.Linear / count)]);
        return graph.Add("MatMul", [graph.Doubles("weights", [1, rows], file.Weights), graph.Add("Add", [near, dot])]);
    }

    static string Network(OnnxGraph graph, RegressionFile file, string z)
    {
        foreach (var layer in file.Layers) z = OnnxLayers.Add(graph, layer, z, "");
        return graph.Add("Gather", [z, graph.Longs("first", 0)], OnnxGraph.Of("axis", 1));
    }

    static string Number(OnnxGraph graph, double value) => graph.Doubles("number", [1, 1], [value]);
}
