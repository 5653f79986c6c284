namespace AiBms.Battery.Estimation.Networks;

/// <summary>A trained model that explains itself: what goes in and comes out, its weights, what it was made from, where it holds.</summary>
/// <remarks>
/// Either layers (a network, a sample at a time) or trees (one list for each output, summed), or neither where only the band was learnt.
/// Outputs are unscaled as value = Mean + Scale · output.
/// </remarks>
public sealed record ModelFile
{
    /// <summary>Form that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Form of the file.</summary>
    public required int Format { get; init; }

    /// <summary>Name of the file without its ending: model, method, what it was trained on.</summary>
    public required string Id { get; init; }

    /// <summary>What it estimates: soc, soh, rul, temp.</summary>
    public required string Model { get; init; }

    /// <summary>How: the rung of the ladder.</summary>
    public required string Method { get; init; }

    /// <summary>One sentence.</summary>
    public required string Title { get; init; }

    /// <summary>Ids of the cells it was trained on; empty where it is not bound to a cell.</summary>
    public string[] Cells { get => field ?? []; init; }

    /// <summary>What goes in, in order.</summary>
    public ModelInput[] Inputs { get => field ?? []; init; }

    /// <summary>What comes out, in order.</summary>
    public ModelInput[] Outputs { get => field ?? []; init; }

    /// <summary>The network's layers; empty where there is none.</summary>
    public LayerFile[] Layers { get => field ?? []; init; }

    /// <summary>Trees of each output; empty where there are none.</summary>
    public TreeFile[][] Trees { get => field ?? []; init; }

    /// <summary>Estimate from one row of features; null where layers or trees stand for themselves.</summary>
    public RegressionFile? Regression { get; init; }

    /// <summary>Interval of the regression; null for none.</summary>
    public ModelInterval? Interval { get; init; }

    /// <summary>Calibration of the band; null where the model's own is taken.</summary>
    public ModelBand? Band { get; init; }

    /// <summary>What the method needs besides, by name.</summary>
    public IReadOnlyDictionary<string, double> Settings { get => field ?? new Dictionary<string, double>(StringComparer.Ordinal); init; }

    /// <summary>How it was made.</summary>
    public required ModelTraining Training { get; init; }

    /// <summary>What it scored.</summary>
    public ModelMetric[] Metrics { get => field ?? []; init; }

    /// <summary>Where it holds and where not, in words.</summary>
    public required string Validity { get; init; }

    /// <summary>Attribution of the data.</summary>
    public ModelData[] Data { get => field ?? []; init; }

    /// <summary>True where an input lies beyond what training saw by more than a tenth of the range seen.</summary>
    /// <param name="inputs">Values of the inputs, each in its unit.</param>
    public bool IsOutside(ReadOnlySpan<double> inputs)
    {
        for (int k = 0; k < Inputs.Length; k++)
        {
            if (Inputs[k] is not { Lowest: { } low, Highest: { } high }) continue;
            double margin = 0.1 * (high - low);
            if (!(inputs[k] >= low - margin && inputs[k] <= high + margin)) return true;
        }

        return false;
    }

    /// <summary>What is wrong with it in words; null when it can be used.</summary>
    public string? Fault()
    {
        if (Format != CurrentFormat) return $"format {Format} is not {CurrentFormat}, which this program reads";
        if (Inputs.Concat(Outputs).Any(input => !(input.Scale > 0) || !double.IsFinite(input.Mean))) return "every input and output needs a scale above 0 and a finite mean";
        if (Layers.Length > 0 && Trees.Length > 0) return "a model has layers or trees, not both";
        if (Layers.Length > 0 && (Layers[0].Inputs != Inputs.Length || Layers[^1].Outputs != Outputs.Length)) return "the layers do not fit the inputs and outputs";
        if (Trees.Length > 0 && Trees.Length != Outputs.Length) return "there is one list of trees for each output";
        if (Band?.Fault() is { } wrong) return wrong;
        if (Regression?.Fault(Inputs.Length) is { } regressionFault) return regressionFault;
        if (Interval?.Size is { } size && (size.Fault(Inputs.Length) is not null || Interval.SizeLimits.Length != 2)) return "the size of the interval does not fit the inputs, or has no two limits";
        foreach (var tree in Trees.SelectMany(trees => trees))
            if (tree.Fault(Inputs.Length) is { } fault) return fault;
        if (Layers.SelectMany(layer => layer.Weights.Concat(layer.Bias).Concat(layer.Recurrent ?? []).Concat(layer.RecurrentBias ?? [])).Any(weight => !float.IsFinite(weight))) return "a weight is not finite";
        return null;
    }
}
