using AiBms.Battery.Estimation.Networks;
using AiBms.Learning.Training;

namespace AiBms.Training;

/// <summary>The next stretch of every stream, scaled, as the training library takes it.</summary>
sealed class SocBatch(SocStream[] streams, ModelInput[] inputs, ModelInput output, int chunk, bool corrects, double uncountedS)
{
    /// <summary>Streams × time × features.</summary>
    public float[] Inputs { get; } = new float[streams.Length * chunk * inputs.Length];

    /// <summary>Streams × time: scaled SOC, or what the filter's is off by.</summary>
    public float[] Targets { get; } = new float[streams.Length * chunk];

    /// <summary>1 where a sample counts.</summary>
    public float[] Weights { get; } = new float[streams.Length * chunk];

    /// <summary>Streams whose memory is to be cleared before the stretch.</summary>
    public bool[] HasBegun { get; } = new bool[streams.Length];

    readonly bool[] _isForeign = new bool[streams.Length];

    /// <summary>Takes the next stretch. A stream that is cut inside it counts up to there; its memory is cleared at the next one.</summary>
    public void Fill()
    {
        for (int s = 0; s < streams.Length; s++)
        {
            var stream = streams[s];
            (HasBegun[s], _isForeign[s]) = (_isForeign[s], false);
            for (int t = 0; t < chunk; t++)
            {
                double soc = stream.Next();
                if (stream.HasBegun && t == 0) HasBegun[s] = true;
                else if (stream.HasBegun) _isForeign[s] = true;
                int at = s * chunk + t;
                var features = stream.Features;
                for (int k = 0; k < inputs.Length; k++) Inputs[at * inputs.Length + k] = (float)((features[k] - inputs[k].Mean) / inputs[k].Scale);
                double target = corrects ? Math.Clamp(soc - stream.FilterSoc, -0.2, 0.2) : soc;
                Targets[at] = (float)((target - output.Mean) / output.Scale);
                Weights[at] = stream.SinceStartS >= uncountedS && !_isForeign[s] ? 1 : 0;
            }
        }
    }
}
