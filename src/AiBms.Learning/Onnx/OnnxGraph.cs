using System.Runtime.InteropServices;

namespace AiBms.Learning.Onnx;

/// <summary>A graph of ONNX operators under construction.</summary>
sealed class OnnxGraph
{
    const int FloatElements = 1, LongElements = 7, DoubleElements = 11;

    readonly ProtoMessage _graph = new();
    int _names;

    /// <summary>A name that no other value has.</summary>
    public string Fresh(string of) => $"{of}_{++_names}";

    /// <summary>Adds an operator with one output and returns that output's name.</summary>
    public string Add(string type, string[] inputs, params ProtoMessage[] attributes) => Add(type, inputs, [Fresh(type.ToLowerInvariant())], "", attributes)[0];

    /// <summary>Adds an operator and returns its outputs' names.</summary>
    public string[] Add(string type, string[] inputs, string[] outputs, string domain, params ProtoMessage[] attributes)
    {
        ProtoMessage node = new();
        foreach (string input in inputs) node.Text(1, input);
        foreach (string output in outputs) node.Text(2, output);
        node.Text(3, Fresh("node")).Text(4, type);
        foreach (var attribute in attributes) node.Message(5, attribute);
        if (domain.Length > 0) node.Text(7, domain);
        _graph.Message(1, node);
        return outputs;
    }

    /// <summary>Adds weights and returns their name.</summary>
    public string Floats(string name, long[] shape, float[] values) => Tensor(name, shape, FloatElements, MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>Adds numbers of double width and returns their name.</summary>
    public string Doubles(string name, long[] shape, double[] values) => Tensor(name, shape, DoubleElements, MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>Adds a change of width: to double, or to float.</summary>
    public string Cast(string x, bool toDouble) => Add("Cast", [x], toDouble ? Of("to", DoubleElements) : ToFloat);

    /// <summary>The attribute of a change to float.</summary>
    public static ProtoMessage ToFloat => Of("to", FloatElements);

    /// <summary>Adds whole numbers and returns their name.</summary>
    public string Longs(string name, params long[] values) => Tensor(name, [values.Length], LongElements, MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>Declares an input of the graph.</summary>
    public void Input(string name, params long[] shape) => _graph.Message(11, Value(name, shape));

    /// <summary>Declares an output of the graph.</summary>
    public void Output(string name, params long[] shape) => _graph.Message(12, Value(name, shape));

    /// <summary>An attribute that is one whole number.</summary>
    public static ProtoMessage Of(string name, long value) => new ProtoMessage().Text(1, name).Number(3, value).Number(20, 2);

    /// <summary>An attribute that is a row of whole numbers.</summary>
    public static ProtoMessage Of(string name, IEnumerable<long> values)
    {
        var attribute = new ProtoMessage().Text(1, name);
        foreach (long value in values) attribute.Number(8, value);
        return attribute.Number(20, 7);
    }

    /// <summary>An attribute that is a row of real numbers.</summary>
    public static ProtoMessage Of(string name, IEnumerable<float> values)
    {
        var attribute = new ProtoMessage().Text(1, name);
        foreach (float value in values) attribute.Real(7, value);
        return attribute.Number(20, 6);
    }

    /// <summary>An attribute that is a row of words.</summary>
    public static ProtoMessage Of(string name, IEnumerable<string> values)
    {
        var attribute = new ProtoMessage().Text(1, name);
        foreach (string value in values) attribute.Bytes(9, System.Text.Encoding.UTF8.GetBytes(value));
        return attribute.Number(20, 8);
    }

    /// <summary>The whole model.</summary>
    /// <param name="name">Name of the graph.</param>
    /// <param name="description">A sentence for people.</param>
    /// <param name="metadata">Texts by name that readers find beside the graph.</param>
    public byte[] ToModel(string name, string description, IEnumerable<(string Key, string Value)> metadata)
    {
        _graph.Text(2, name);
        ProtoMessage model = new();
        model.Number(1, 8).Text(2, "AiBms").Text(6, description).Message(7, _graph);
        model.Message(8, new ProtoMessage().Text(1, "").Number(2, 17)).Message(8, new ProtoMessage().Text(1, "ai.onnx.ml").Number(2, 3));
        foreach (var (key, value) in metadata) model.Message(14, new ProtoMessage().Text(1, key).Text(2, value));
        return model.ToArray();
    }

    string Tensor(string name, long[] shape, int elements, ReadOnlySpan<byte> bytes)
    {
        ProtoMessage tensor = new();
        foreach (long length in shape) tensor.Number(1, length);
        string called = Fresh(name);
        _graph.Message(5, tensor.Number(2, elements).Text(8, called).Bytes(9, bytes));
        return called;
    }

    static ProtoMessage Value(string name, long[] shape)
    {
        ProtoMessage lengths = new();
        foreach (long length in shape) lengths.Message(1, new ProtoMessage().Number(1, length));
        var tensor = new ProtoMessage().Number(1, FloatElements).Message(2, lengths);
        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, tensor));
    }
}
