using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace AiBms.Training;

/// <summary>An ONNX model run a sample at a time by ONNX Runtime: one of ours, or a user's own of the same form.</summary>
/// <remarks>
/// The form: the first input takes the features, 1 × n or 1 × 1 × n; every further input is a memory that begins as zeros and is given the
/// output of its name with <c>_out</c> behind it; the first output that is no memory is what it estimates.
/// </remarks>
sealed class OnnxStepModel : IStepModel, IDisposable
{
    readonly InferenceSession _session;
    readonly RunOptions _options;
    readonly string[] _inputNames, _outputNames;
    readonly float[][] _inputs, _outputs;
    readonly OrtValue[] _given, _taken;
    readonly int[] _memoryOf;
    readonly double[] _values;

    /// <exception cref="ModelException">The file is no ONNX model of that form.</exception>
    public OnnxStepModel(byte[] model, string name)
    {
        OnnxLibrary.Load(); // before anything of the runtime is made
        _options = new();
        try
        {
            using SessionOptions options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            _session = new(model, options);
        }
        catch (OnnxRuntimeException problem)
        {
            throw new ModelException($"{name} is no ONNX model that can be run: {problem.Message}", problem);
        }

        _inputNames = [.. _session.InputMetadata.Keys];
        string[] produced = [.. _session.OutputMetadata.Keys];
        string answer = produced.FirstOrDefault(output => !_inputNames.Any(input => output == input + OnnxExport.MemoryOut))
            ?? throw new ModelException($"{name} gives nothing but memories.");
        _outputNames = [answer, .. _inputNames.Skip(1).Select(input => produced.Contains(input + OnnxExport.MemoryOut, StringComparer.Ordinal) ? input + OnnxExport.MemoryOut
            : throw new ModelException($"{name}: the input '{input}' is not the first, so it should be a memory, but there is no output '{input}{OnnxExport.MemoryOut}'."))];
        _memoryOf = [.. Enumerable.Range(1, _inputNames.Length - 1)];
        (_inputs, _given) = Values(_session.InputMetadata, _inputNames, name);
        (_outputs, _taken) = Values(_session.OutputMetadata, _outputNames, name);
        foreach (int k in _memoryOf)
            if (_inputs[k].Length != _outputs[k].Length) throw new ModelException($"{name}: '{_inputNames[k]}' and '{_outputNames[k]}' are not of one size.");
        _values = new double[_outputs[0].Length];
    }

    /// <summary>Numbers taken a step.</summary>
    public int InputCount => _inputs[0].Length;

    /// <summary>Numbers given a step.</summary>
    public int OutputCount => _values.Length;

    /// <summary>A text that lies beside the graph; null where there is none of that name.</summary>
    public string? Metadata(string key) => _session.ModelMetadata.CustomMetadataMap.GetValueOrDefault(key);

    public void Start()
    {
        foreach (int k in _memoryOf) Array.Clear(_inputs[k]);
    }

    public ReadOnlySpan<double> Step(ReadOnlySpan<double> inputs)
    {
        for (int k = 0; k < inputs.Length; k++) _inputs[0][k] = (float)inputs[k];
        _session.Run(_options, _inputNames, _given, _outputNames, _taken);
        foreach (int k in _memoryOf) _outputs[k].CopyTo(_inputs[k], 0);
        for (int k = 0; k < _values.Length; k++) _values[k] = _outputs[0][k];
        return _values;
    }

    public void Dispose()
    {
        foreach (var value in _given.Concat(_taken)) value.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    // One sample a step: a length that the model leaves open is 1.
    static (float[][] Numbers, OrtValue[] Values) Values(IReadOnlyDictionary<string, NodeMetadata> described, string[] names, string file)
    {
        var numbers = new float[names.Length][];
        var values = new OrtValue[names.Length];
        for (int k = 0; k < names.Length; k++)
        {
            var node = described[names[k]];
            if (node.ElementType != typeof(float)) throw new ModelException($"{file}: '{names[k]}' is not of float numbers.");
            long[] shape = [.. node.Dimensions.Select(length => length > 0 ? length : 1L)];
            numbers[k] = new float[shape.Aggregate(1L, (product, length) => product * length)];
            values[k] = OrtValue.CreateTensorValueFromMemory(numbers[k], shape);
        }

        return (numbers, values);
    }
}
