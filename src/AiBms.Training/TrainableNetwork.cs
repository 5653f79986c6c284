using AiBms.Battery.Estimation.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AiBms.Training;

/// <summary>A network in the training library, and the same as layers of a model file.</summary>
sealed class TrainableNetwork : nn.Module<Tensor, Tensor>
{
    const int Taps = 3;
    static readonly int[] s_dilations = [1, 4, 16];

    readonly NetworkShape _shape;
    readonly GRU? _gated;
    readonly Linear? _first, _second;
    readonly Conv1d[] _convolutions = [];
    readonly Linear _last;
    readonly int _units;
    Tensor? _memory;

    public TrainableNetwork(NetworkShape shape, int inputs, int units, int outputs) : base("network")
    {
        (_shape, _units) = (shape, units);
        if (shape == NetworkShape.Gated) _gated = nn.GRU(inputs, units, batchFirst: true);
        if (shape == NetworkShape.Dense) (_first, _second) = (nn.Linear(inputs, units), nn.Linear(units, units));
        if (shape == NetworkShape.Convolution) _convolutions = [.. s_dilations.Select((dilation, k) => nn.Conv1d(k == 0 ? inputs : units, units, Taps, dilation: dilation))];
        _last = nn.Linear(units, outputs);
        RegisterComponents();
        for (int k = 0; k < _convolutions.Length; k++) register_module($"convolution{k}", _convolutions[k]);
        this.to(TorchLibrary.Device);
    }

    /// <summary>What rows of the batch remember, one after the other; empty where there is nothing.</summary>
    public float[] Memory
    {
        get => _memory is null ? [] : _memory.cpu().contiguous().data<float>().ToArray();
        set
        {
            _memory?.Dispose();
            _memory = value.Length == 0 ? null : tensor(value, device: TorchLibrary.Device).reshape(1, -1, _units).DetachFromDisposeScope();
        }
    }

    /// <summary>Forgets what rows of the batch remember; all of them where null.</summary>
    public void Forget(bool[]? rows)
    {
        if (_gated is null || _memory is null) return;
        if (rows is null)
        {
            _memory.Dispose();
            _memory = null;
            return;
        }

        using var keep = tensor(rows.Select(row => row ? 0f : 1f).ToArray(), device: TorchLibrary.Device).reshape(1, -1, 1);
        using var old = _memory;
        _memory = (old * keep).DetachFromDisposeScope();
    }

    /// <summary>Batch × time × inputs in, batch × time × outputs out; what is remembered goes on into the next call, gradients do not.</summary>
    public override Tensor forward(Tensor input)
    {
        if (_shape == NetworkShape.Dense) return _last.forward(_second!.forward(_first!.forward(input).tanh()).tanh());
        if (_shape == NetworkShape.Gated)
        {
            var (given, memory, _) = Run(input);
            _memory?.Dispose();
            _memory = memory.detach().DetachFromDisposeScope();
            return _last.forward(given);
        }

        var x = input.transpose(1, 2);
        for (int k = 0; k < _convolutions.Length; k++)
            x = _convolutions[k].forward(nn.functional.pad(x, [(Taps - 1) * s_dilations[k], 0])).tanh();
        return _last.forward(x.transpose(1, 2));
    }

    (Tensor Given, Tensor Memory, bool Unused) Run(Tensor input)
    {
        var (given, memory) = _gated!.call(input, _memory ?? zeros(1, input.shape[0], _units, device: TorchLibrary.Device));
        return (given, memory, false);
    }

    /// <summary>The weights as a model file has them.</summary>
    public LayerFile[] Layers()
    {
        static float[] Numbers(Tensor? tensor) => tensor!.detach().cpu().contiguous().data<float>().ToArray();
        LayerFile Dense(Linear layer, string activation) => new()
        {
            Kind = "dense",
            Inputs = (int)layer.weight!.shape[1],
            Outputs = (int)layer.weight.shape[0],
            Activation = activation,
            Weights = Numbers(layer.weight),
            Bias = Numbers(layer.bias),
        };
        List<LayerFile> layers = [];
        if (_shape == NetworkShape.Dense) layers.AddRange([Dense(_first!, "tanh"), Dense(_second!, "tanh")]);
        if (_shape == NetworkShape.Gated)
        {
            var named = _gated!.named_parameters().ToDictionary(p => p.name, p => p.parameter, StringComparer.Ordinal);
            layers.Add(new()
            {
                Kind = "gru",
                Inputs = (int)named["weight_ih_l0"].shape[1],
                Outputs = _units,
                Weights = Numbers(named["weight_ih_l0"]),
                Bias = Numbers(named["bias_ih_l0"]),
                Recurrent = Numbers(named["weight_hh_l0"]),
                RecurrentBias = Numbers(named["bias_hh_l0"]),
            });
        }

        for (int k = 0; k < _convolutions.Length; k++)
        {
            layers.Add(new()
            {
                Kind = "convolution",
                Inputs = (int)_convolutions[k].weight!.shape[1],
                Outputs = _units,
                Activation = "tanh",
                Taps = Taps,
                Dilation = s_dilations[k],
                Weights = Numbers(_convolutions[k].weight),
                Bias = Numbers(_convolutions[k].bias),
            });
        }

        layers.Add(Dense(_last, "none"));
        return [.. layers];
    }
}
