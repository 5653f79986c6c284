using AiBms.Battery.Estimation.Networks;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>Those of <see cref="SocFeatures"/> that need readings alone, in float, operation for operation the C code in <c>firmware/src/features.c</c>.</summary>
/// <remarks>A step allocates nothing, never throws and takes any bits whatever.</remarks>
public sealed class EdgeFeatures
{
    const int CurrentMeans = 4, FirstMean = 3;
    const float MostC = 1000, LongPerS = 1f / 600, LeastWeight = 1e-6f;

    static readonly float[] s_perS = [1f / 10, 1f / 60, 1f / 300, 1f / 1200, 1f / 60, 1f / 300];

    readonly EdgeCell _cell;
    readonly float[] _keep = new float[s_perS.Length], _sum = new float[s_perS.Length], _weight = new float[s_perS.Length];
    float _voltageV, _currentC, _temperatureDegC, _sinceS, _stepS;
    bool _hasVoltage, _isRunning;

    /// <param name="cell">Parameters: its capacity says what 1C is.</param>
    public EdgeFeatures(EdgeCell cell)
    {
        _cell = cell;
        Start();
    }

    /// <summary>True once a voltage was taken in.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>Number of each input of a model among the features, in their order; null where one needs more than readings.</summary>
    public static int[]? NumbersOf(ModelFile file)
    {
        int[] numbers = [.. file.Inputs.Select(input => SocFeatures.Measured.ToList().IndexOf(input.Name))];
        return file.Model == "soc" && numbers.Length > 0 && numbers.All(number => number >= 0) ? numbers : null;
    }

    /// <summary>Forgets everything.</summary>
    public void Start()
    {
        (_voltageV, _currentC, _temperatureDegC, _sinceS, _stepS, _hasVoltage, _isRunning) = (0, 0, 25, 0, -1, false, false);
        Array.Clear(_sum);
        Array.Clear(_weight);
    }

    /// <summary>Takes in a sample.</summary>
    /// <param name="stepS">Time since the sample before, s; what is not positive counts as none.</param>
    /// <param name="currentA">Current, A, positive while charging.</param>
    /// <param name="voltageV">Terminal voltage, V.</param>
    /// <param name="temperatureDegC">Temperature of the case, °C.</param>
    /// <returns>False while no voltage has been seen: the features have no meaning yet.</returns>
    public bool Step(float stepS, float currentA, float voltageV, float temperatureDegC)
    {
        float mostA = MostC * _cell.CapacityAh, heldS = EdgeMath.Clamp(stepS, 0, 1e7f);
        if (voltageV > 0 && voltageV < 10) (_voltageV, _hasVoltage) = (voltageV, true);
        if (currentA > -mostA && currentA < mostA) _currentC = EdgeMath.Clamp(currentA / _cell.CapacityAh, -MostC, MostC);
        if (temperatureDegC > -60 && temperatureDegC < 150) _temperatureDegC = temperatureDegC;
        if (!_hasVoltage) return false;
        if (_isRunning) _sinceS = EdgeMath.Clamp(_sinceS + heldS, 0, 1e7f);
        else (heldS, _isRunning) = (1, true);
        TakeMeans(heldS);
        return true;
    }

    /// <summary>One feature, by its number in <see cref="SocFeatures.Measured"/>.</summary>
    public float Value(int which) => which switch
    {
        0 => _voltageV,
        1 => _currentC,
        2 => _temperatureDegC,
        < 9 => _weight[which - FirstMean] > LeastWeight ? _sum[which - FirstMean] / _weight[which - FirstMean] : 0,
        _ => EdgeMath.Clamp(_sinceS * LongPerS, 0, 1),
    };

    void TakeMeans(float stepS)
    {
        if (stepS != _stepS)
        {
            _stepS = stepS;
            for (int k = 0; k < _keep.Length; k++) _keep[k] = EdgeMath.Decay(stepS * s_perS[k]);
        }

        for (int k = 0; k < _sum.Length; k++)
        {
            float value = k < CurrentMeans ? _currentC : _voltageV, keep = _keep[k];
            _sum[k] = EdgeMath.Clamp(keep * _sum[k] + (1 - keep) * value, -MostC, MostC);
            _weight[k] = EdgeMath.Clamp(keep * _weight[k] + (1 - keep), 0, 1);
        }
    }
}
