namespace AiBms.Battery.Estimation.Networks;

/// <summary>One layer of a network that is fed a sample at a time; what it remembers lies in memory of the caller.</summary>
interface INetworkLayer
{
    /// <summary>Numbers taken a step.</summary>
    int InputCount { get; }

    /// <summary>Numbers given a step, rounded up to whole vectors.</summary>
    int OutputCount { get; }

    /// <summary>Numbers remembered between steps; all zero at a start.</summary>
    int StateCount { get; }

    /// <summary>Takes in one sample.</summary>
    /// <param name="inputs">At least <see cref="InputCount"/> numbers.</param>
    /// <param name="state">Exactly <see cref="StateCount"/> numbers, changed.</param>
    /// <param name="outputs">Exactly <see cref="OutputCount"/> numbers, written; what lies beyond the layer's own outputs has no meaning.</param>
    void Step(ReadOnlySpan<float> inputs, Span<float> state, Span<float> outputs);
}
