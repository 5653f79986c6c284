using AiBms.Battery.Estimation.Networks;
using AiBms.Numerics;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>State of charge by a network from readings alone, in float, operation for operation the C code in <c>firmware/src/net_soc.c</c>.</summary>
/// <remarks>One step of the network a call at most: after a gap it is not stepped more often, as <see cref="SocNetworkEstimator"/> does.</remarks>
public sealed class EdgeNetSoc
{
    const float NetStepS = 1, DueS = 0.999f, MostOwedS = 1.999f, MostDeviation = 0.29f, LeastDeviation = 1e-4f, MostInput = 100;

    readonly EdgeFeatures _features;
    readonly Network _network;
    readonly int[] _numbers;
    readonly float[] _mean, _scale, _lowest, _highest, _outMean, _outScale, _scaled;
    float _owedS, _soc, _deviation;

    /// <param name="cell">Parameters of the cell.</param>
    /// <param name="file">A SOC model of layers whose inputs are <see cref="SocFeatures.Measured"/>; refused with an <see cref="ArgumentException"/> otherwise.</param>
    public EdgeNetSoc(EdgeCell cell, ModelFile file)
    {
        _numbers = EdgeFeatures.NumbersOf(file) ?? throw new ArgumentException($"{file.Id} has inputs that readings alone do not give.", nameof(file));
        (_features, _network) = (new(cell), new(file.Layers));
        (_mean, _scale, _scaled) = ([.. file.Inputs.Select(input => (float)input.Mean)], [.. file.Inputs.Select(input => (float)input.Scale)], new float[file.Inputs.Length]);
        (_lowest, _highest) = ([.. file.Inputs.Select(EdgeNetSource.Lowest)], [.. file.Inputs.Select(EdgeNetSource.Highest)]);
        (_outMean, _outScale) = ([.. file.Outputs.Select(output => (float)output.Mean)], [.. file.Outputs.Select(output => (float)output.Scale)]);
        Start();
    }

    /// <summary>What it looked at last.</summary>
    public EdgeFeatures Features => _features;

    /// <summary>Forgets everything.</summary>
    public void Start()
    {
        _features.Start();
        _network.Start();
        (_owedS, _soc, _deviation) = (NetStepS, 0.5f, MostDeviation);
    }

    /// <summary>Takes in what was measured and answers.</summary>
    /// <param name="stepS">Time since the step before, s.</param>
    /// <param name="currentA">Current, A, positive while charging.</param>
    /// <param name="voltageV">Terminal voltage, V.</param>
    /// <param name="temperatureDegC">Temperature of the case, °C.</param>
    public EdgeNetAnswer Step(float stepS, float currentA, float voltageV, float temperatureDegC)
    {
        bool wasRunning = _features.IsRunning, isKnown = false;
        if (_features.Step(stepS, currentA, voltageV, temperatureDegC))
        {
            if (wasRunning) _owedS = EdgeMath.Clamp(_owedS + EdgeMath.Clamp(stepS, 0, 1e7f), 0, MostOwedS);
            bool isDue = _owedS > DueS;
            if (isDue) _owedS = EdgeMath.Clamp(_owedS - NetStepS, 0, MostOwedS);
            isKnown = Ask(isDue);
        }

        return new(EdgeMath.Clamp(_soc, 0, 1), EdgeMath.Clamp(_deviation, LeastDeviation, MostDeviation), isKnown);
    }

    bool Ask(bool isDue)
    {
        bool isSeen = true;
        for (int k = 0; k < _scaled.Length; k++)
        {
            float value = _features.Value(_numbers[k]);
            if (!(value >= _lowest[k] && value <= _highest[k])) isSeen = false;
            _scaled[k] = EdgeMath.Clamp((value - _mean[k]) / _scale[k], -MostInput, MostInput);
        }

        if (!isDue) return isSeen;
        var raw = _network.Step(_scaled);
        _soc = EdgeMath.Clamp(_outMean[0] + _outScale[0] * raw[0], 0, 1);
        _deviation = raw.Length > 1 ? EdgeMath.Clamp(ReproducibleMath.Exp(_outMean[1] + _outScale[1] * raw[1]), LeastDeviation, MostDeviation) : MostDeviation;
        return isSeen;
    }
}
