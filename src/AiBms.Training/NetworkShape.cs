namespace AiBms.Training;

/// <summary>Kinds of networks that are trained here.</summary>
enum NetworkShape
{
    /// <summary>Two dense layers, no memory.</summary>
    Dense,

    /// <summary>Causal convolutions, dilations 1, 4 and 16, then a dense layer.</summary>
    Convolution,

    /// <summary>One gated recurrent layer, then a dense one.</summary>
    Gated,
}
