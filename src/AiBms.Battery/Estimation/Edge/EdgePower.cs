using AiBms.Battery.Estimation.Packs;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>State of power in float, operation for operation the C code in <c>firmware/src/power.c</c>: <see cref="PackPower"/> on what <see cref="EdgePack"/> knows.</summary>
/// <remarks>The resistances are those at the present SOC, not in the middle of the way, and what a load before an unknown start left is not carried on.</remarks>
/// <param name="cell">Parameters of the parallel group.</param>
/// <param name="rules">The pack.</param>
/// <param name="pack">What is known of it.</param>
public sealed class EdgePower(EdgeCell cell, EdgePackRules rules, EdgePack pack)
{
    /// <summary>A hold of this length or longer is continuous: the temperature at which cells settle binds too, s.</summary>
    public const float ContinuousS = 600;

    const int Halvings = 14;
    const float Margin = 2.33f, ErrorV2 = 2.5e-5f, PulseError = 0.05f, ColdPulseError = 0.1f, FadesPerS = 1f / 600, LeastOhm = 1e-7f;

    static readonly EdgeDifference s_none = new();

    readonly EdgePace _pace = new();
    readonly EdgeNow _now = new();
    readonly float[] _taken = new float[EdgeCell.Pairs];
    float _sign, _timeS, _coreDegC, _soc, _scale, _leftV, _kneeA, _memoryV, _keptError, _errorV, _spread2, _socPerA;
    float _limitA;
    PowerBinding _binding;
    int _which;

    /// <summary>Largest current of a direction over a hold.</summary>
    /// <param name="imbalance">Of the same step.</param>
    /// <param name="isCharge">True for charging.</param>
    /// <param name="timeS">Length of the hold, 0.1…10,000 s.</param>
    public EdgePowerLimit At(EdgeImbalance imbalance, bool isCharge, float timeS)
    {
        if (imbalance.Validity == SocValidity.Unknown || imbalance.FirstEmptyCell < 0 || imbalance.FirstFullCell < 0) return new(0, 0, 0, PowerBinding.Unknown, -1);
        LookAhead(isCharge ? 1 : -1, EdgeMath.Clamp(timeS, 0.1f, 1e4f));
        int first = isCharge ? imbalance.FirstFullCell : imbalance.FirstEmptyCell, near = Nearest(first);
        (_limitA, _binding, _which) = (isCharge ? rules.ChargeA : rules.DischargeA, PowerBinding.RatedCurrent, -1);
        LimitBy(near);
        if (near != first) LimitBy(first);
        return Settle();
    }

    void LookAhead(float sign, float timeS)
    {
        var mean = pack.MeanEstimator;
        (_sign, _timeS, _coreDegC, _soc, _scale) = (sign, timeS, mean.CoreDegC, mean.FilterSoc, 1 + mean.Excess);
        (_pace.StepS, _pace.Place, _pace.PerCapacity) = (-1, 0, mean.PerCapacity);
        Array.Clear(_pace.Since);
        _pace.Set(cell, timeS, _coreDegC);
        _now.Set(cell, _pace, _soc, _coreDegC, 0, 1);
        _leftV = 0;
        for (int j = 0; j < EdgeCell.Pairs; j++)
        {
            _taken[j] = 1 - _pace.Kept[j];
            _leftV += mean.PairV[j] * _pace.Kept[j];
        }

        (int t, float w) = EdgeMath.Place((_coreDegC - cell.FirstTemperatureDegC) * cell.TemperaturePerK, cell.TemperatureCount - 1);
        var row = cell.Row.Span[(t * EdgeCell.RowWidth + EdgeCell.Knee)..];
        _kneeA = row[0] + (row[EdgeCell.RowWidth] - row[0]) * w;
        _memoryV = mean.OcvV - EdgeOcv.AtReference(cell, mean.FilterSoc);
        _keptError = EdgeMath.Decay(timeS * FadesPerS);
        _errorV = mean.ErrorV;
        float cold = EdgeMath.Clamp((25 - _coreDegC) * (1f / 45), 0, 1), fraction = PulseError + (ColdPulseError - PulseError) * cold;
        _spread2 = fraction * fraction + EdgeMath.Clamp(mean.ExcessVariance, 0, 1);
        _socPerA = timeS * _now.SocPerAs;
    }

    /// <summary>What a current makes of the resistances by the end of the hold, V, for a cell of the type's resistance.</summary>
    float PulseV(float currentA)
    {
        float bent = _kneeA > 0.001f ? _kneeA * EdgeMath.Asinh(currentA / _kneeA) : currentA;
        var ohm = _now.ResistanceOhm;
        return ohm[0] * currentA + ohm[1] * bent * _taken[0] + ohm[2] * currentA * _taken[1] + ohm[3] * currentA * _taken[2];
    }

    float Scale(EdgeDifference d) => EdgeMath.Clamp(_scale * (1 + d.Resistance), 0.01f, 100);

    float DeviationV(float pulseV, float resistanceVariance) => MathF.Sqrt(ErrorV2 + pulseV * pulseV * (_spread2 + EdgeMath.Clamp(resistanceVariance, 0, 1)));

    float EndV(EdgeDifference d, float currentA, float pulseV)
    {
        float end = EdgeMath.Clamp(_soc + d.Soc + _sign * currentA * _socPerA * (1 + d.Inverse), -0.5f, 1.5f);
        float restV = EdgeOcv.AtReference(cell, end) + _memoryV;
        return restV + Scale(d) * _leftV + _sign * pulseV + (_errorV + d.ErrorV) * _keptError;
    }

    bool Fits(EdgeDifference d, float currentA)
    {
        float pulseV = Scale(d) * PulseV(currentA), v = EndV(d, currentA, pulseV), margin = Margin * DeviationV(pulseV, d.P[4]);
        return _sign > 0 ? v + margin <= rules.HighestV : v - margin >= rules.LowestV;
    }

    float Solve(EdgeDifference d, float mostA)
    {
        float low = 0, high = mostA;
        if (Fits(d, mostA)) low = mostA;
        else
            for (int k = 0; k < Halvings; k++)
            {
                float middle = (low + high) * 0.5f;
                if (Fits(d, middle)) low = middle;
                else high = middle;
            }

        return EdgeMath.Clamp(low, 0, 1e5f);
    }

    /// <summary>The cell that a straight line says is nearest to its voltage limit.</summary>
    int Nearest(int otherwise)
    {
        (int found, float least) = (otherwise, 1e30f);
        for (int i = 0; i < pack.Differences.Length; i++)
        {
            var d = pack.Differences[i];
            if (!d.IsSeen) continue;
            float restV = EdgeOcv.AtReference(cell, _soc + d.Soc) + d.ErrorV + _memoryV;
            float room = (_sign > 0 ? rules.HighestV - restV : restV - rules.LowestV) / Scale(d);
            if (room < least) (least, found) = (room, i);
        }

        return found;
    }

    void Take(float currentA, PowerBinding binding, int which)
    {
        if (currentA < _limitA) (_limitA, _binding, _which) = (currentA, binding, which);
    }

    void LimitBy(int which)
    {
        var d = pack.Differences[which];
        float soc = _soc + d.Soc, room = EdgeMath.Clamp(_sign > 0 ? 1 - soc : soc, 0, 1);
        Take(room / EdgeMath.Clamp(_socPerA * (1 + d.Inverse), 1e-9f, 1e9f), PowerBinding.CellCharge, which);
        Take(Solve(d, _limitA), PowerBinding.CellVoltage, which);
    }

    EdgePowerLimit Settle()
    {
        float pulseV = _scale * PulseV(_limitA);
        if (_timeS >= ContinuousS && rules.SettledKPerW > 0)
        {
            float ohm = pulseV / EdgeMath.Clamp(_limitA, LeastOhm, 1e5f), roomK = EdgeMath.Clamp(rules.HottestDegC - _coreDegC, 0, 1e3f);
            Take(MathF.Sqrt(roomK / EdgeMath.Clamp(rules.SettledKPerW * ohm, 1e-12f, 1e9f)), PowerBinding.CellTemperature, -1);
            pulseV = _scale * PulseV(_limitA);
        }

        // Charging takes least power at the beginning, discharging gives least at the end.
        float meanV = _sign > 0 ? EdgeOcv.AtReference(cell, _soc) + _memoryV : EndV(s_none, _limitA, pulseV);
        float powerW = EdgeMath.Clamp(_limitA * meanV * rules.CellCount, 0, 1e12f), resistanceVariance = _which >= 0 ? pack.Differences[_which].P[4] : 0;
        float deviationA = EdgeMath.Clamp(_limitA * DeviationV(pulseV, resistanceVariance) / EdgeMath.Clamp(pulseV, 1e-3f, 1e9f), 0, 1e9f);
        return new(_limitA, powerW, deviationA, _binding, _which);
    }
}
