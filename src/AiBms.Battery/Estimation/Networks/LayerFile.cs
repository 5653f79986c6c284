namespace AiBms.Battery.Estimation.Networks;

/// <summary>One layer as a model file has it.</summary>
public sealed record LayerFile
{
    /// <summary><c>dense</c>, <c>gru</c> or <c>convolution</c> (causal, over time).</summary>
    public required string Kind { get; init; }

    /// <summary>Numbers taken a step.</summary>
    public required int Inputs { get; init; }

    /// <summary>Numbers given a step.</summary>
    public required int Outputs { get; init; }

    /// <summary><c>none</c>, <c>relu</c>, <c>tanh</c> or <c>sigmoid</c>; of no meaning in a gated layer.</summary>
    public string Activation { get => field ?? "none"; init; }

    /// <summary>Samples that a convolution weighs; 0 elsewhere.</summary>
    public int Taps { get; init; }

    /// <summary>Steps between those samples; 0 elsewhere.</summary>
    public int Dilation { get; init; }

    /// <summary>Outputs × inputs row by row; three such blocks (reset, update, fresh) in a gated layer; outputs × inputs × taps in a convolution.</summary>
    public required float[] Weights { get; init; }

    /// <summary>One number for each output, three blocks in a gated layer.</summary>
    public required float[] Bias { get; init; }

    /// <summary>Gated layer: three blocks of outputs × outputs.</summary>
    public float[]? Recurrent { get; init; }

    /// <summary>Gated layer: three blocks of outputs.</summary>
    public float[]? RecurrentBias { get; init; }
}
