namespace AiBms.Battery.Estimation.Networks;

/// <summary>A model file at work: scales what goes in, runs layers or trees, unscales what comes out. No allocation a step.</summary>
public sealed class Predictor : IStepModel
{
    readonly ModelFile _file;
    readonly Network? _network;
    readonly float[] _scaled;
    readonly double[] _outputs;

    /// <param name="file">A model with layers or trees; refused with an <see cref="ArgumentException"/> otherwise.</param>
    public Predictor(ModelFile file)
    {
        if (file.Layers.Length == 0 && file.Trees.Length == 0) throw new ArgumentException($"{file.Id} has neither layers nor trees.", nameof(file));
        _file = file;
        if (file.Layers.Length > 0) _network = new(file.Layers);
        (_scaled, _outputs) = (new float[file.Inputs.Length], new double[file.Outputs.Length]);
    }

    /// <inheritdoc/>
    public void Start() => _network?.Start();

    /// <inheritdoc/>
    public ReadOnlySpan<double> Step(ReadOnlySpan<double> inputs)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(inputs.Length, _scaled.Length);
        for (int k = 0; k < _scaled.Length; k++) _scaled[k] = (float)((inputs[k] - _file.Inputs[k].Mean) / _file.Inputs[k].Scale);
        var raw = _network is null ? default : _network.Step(_scaled);
        for (int k = 0; k < _outputs.Length; k++)
        {
            double value = _network is null ? Sum(_file.Trees[k]) : raw[k];
            _outputs[k] = _file.Outputs[k].Mean + _file.Outputs[k].Scale * value;
        }

        return _outputs;
    }

    float Sum(TreeFile[] trees)
    {
        float sum = 0;
        foreach (var tree in trees) sum += tree.At(_scaled);
        return sum;
    }
}
