namespace AiBms.Battery.Estimation.Edge;

/// <summary>Every cell of a pack in float, operation for operation the C code in <c>firmware/src/pack.c</c>: the whole estimator on the mean cell, small filters on the differences.</summary>
/// <remarks>A step allocates nothing, never throws and takes any bits whatever. All cells are taken to be as warm as the mean.</remarks>
public sealed class EdgePack
{
    const float OutlierV = 0.15f, MostDropV = 10, AfterSearch2 = 4e-4f;

    readonly EdgeCell _cell;
    readonly EdgePackRules _rules;
    readonly EdgeCellEstimator _mean;
    readonly EdgeDifference[] _cells;
    readonly float[] _asMeanV, _slopeV;
    EdgeAnswer _answer;
    float _meanV, _lastA;
    bool _hasMean, _wasSearching;

    /// <param name="cell">Parameters of the parallel group.</param>
    /// <param name="rules">The pack.</param>
    public EdgePack(EdgeCell cell, EdgePackRules rules)
    {
        (_cell, _rules, _mean) = (cell, rules, new(cell));
        _cells = [.. Enumerable.Range(0, rules.CellCount).Select(_ => new EdgeDifference())];
        (_asMeanV, _slopeV) = (new float[rules.CellCount], new float[rules.CellCount]);
        Start(0.5f, -1);
    }

    /// <summary>What is known of the mean cell.</summary>
    public EdgeAnswer Mean => _answer;

    /// <summary>The estimator of the mean cell.</summary>
    internal EdgeCellEstimator MeanEstimator => _mean;

    /// <summary>Difference filters, for what builds on them.</summary>
    internal ReadOnlySpan<EdgeDifference> Differences => _cells;

    /// <summary>Forgets everything.</summary>
    /// <param name="soc">Claimed SOC of the mean cell, 0…1.</param>
    /// <param name="socDeviation">Its standard deviation; not positive when nothing is known.</param>
    public void Start(float soc, float socDeviation)
    {
        _mean.Start(soc, socDeviation);
        foreach (var cell in _cells) cell.Begin();
        Array.Clear(_asMeanV);
        Array.Clear(_slopeV);
        (_meanV, _lastA, _hasMean, _wasSearching, _answer) = (0, 0, false, true, default);
    }

    /// <summary>Takes in what was measured.</summary>
    /// <param name="stepS">Time since the step before, s.</param>
    /// <param name="currentA">Current of the pack, A, positive while charging.</param>
    /// <param name="cellV">Voltages, V; NaN where none is.</param>
    /// <param name="bleedOn">Whose resistor is on: its tap is not believed.</param>
    /// <param name="temperatureDegC">Temperature of the cases, °C.</param>
    public void Step(float stepS, float currentA, ReadOnlySpan<float> cellV, ReadOnlySpan<bool> bleedOn, float temperatureDegC)
    {
        float heldS = EdgeMath.Clamp(stepS, 0, 1e7f);
        bool isFirst = !_hasMean, isKnown = MeanVoltage(cellV, bleedOn, EdgeMath.Clamp(currentA, -1e6f, 1e6f), out float meanV);
        _answer = _mean.Step(stepS, currentA, meanV, temperatureDegC);
        if (!_mean.IsRunning) return;
        var now = EdgePackPace.Of(isFirst ? 0 : heldS, _mean.FlownA, _cell.SocPerAs, _mean.IsGap, _mean.DropV, _meanV, _rules.BleedOhm);
        float meanOcvV = EdgeOcv.AtReference(_cell, _mean.FilterSoc, out _), sum = 0, count = 0;
        for (int i = 0; i < _cells.Length; i++)
        {
            var d = _cells[i];
            bool isTrusted = IsTrusted(cellV[i], bleedOn[i]);
            d.Predict(now);
            d.P[0] += now.Unseen2 * d.P[7];
            if (!_mean.IsSearching && _wasSearching) d.P[0] += AfterSearch2;
            d.MoveUnseen(now, isTrusted, bleedOn[i]);
            d.OcvV = EdgeOcv.AtReference(_cell, _mean.FilterSoc + d.Soc, out _slopeV[i]) - meanOcvV;
            if (!isTrusted) continue;
            _asMeanV[i] = d.AsMean(cellV[i], now.DropV);
            if (!(Size(_asMeanV[i] - meanV) <= OutlierV)) continue;
            count += 1;
            sum = EdgeMath.Clamp(sum + _asMeanV[i], -1e6f, 1e6f);
        }

        _wasSearching = _mean.IsSearching;

        // Differences only: what all cells share is the mean filter's to explain.
        if (isKnown)
        {
            float sharedV = count > 0 ? sum / count : meanV;
            for (int i = 0; i < _cells.Length; i++)
                if (IsTrusted(cellV[i], bleedOn[i])) _cells[i].Correct(_asMeanV[i] - sharedV, _slopeV[i], now.DropV);
            (_meanV, _hasMean) = (meanV, true);
        }

        _lastA = _mean.HeldA;
    }

    /// <summary>What is known of one cell, from 0.</summary>
    public EdgeCellAnswer Cell(int which)
    {
        var d = _cells[which];
        float inverse = d.InverseFactor, capacityAh = _cell.CapacityAh / inverse;
        var validity = _answer.Validity;
        if (validity == SocValidity.Unknown || !d.IsSeen) validity = SocValidity.Unknown;
        else if (d.MissingS > 0) validity = SocValidity.SensorSuspect;
        return new(
            EdgeMath.Clamp(_mean.FilterSoc + d.Soc, 0, 1), MathF.Sqrt(_answer.SocDeviation * _answer.SocDeviation + d.P[0]),
            (1 + _mean.Excess) * (1 + d.Resistance), capacityAh, capacityAh * MathF.Sqrt(d.P[7]) / inverse, validity);
    }

    bool IsTrusted(float voltageV, bool isBleeding) => !isBleeding && voltageV > _cell.LowestV && voltageV < _cell.HighestV;

    /// <summary>Voltage of the mean cell; what is far off does not count, unless most are. False where no cell was measured.</summary>
    bool MeanVoltage(ReadOnlySpan<float> cellV, ReadOnlySpan<bool> bleedOn, float currentA, out float meanV)
    {
        float jumpV = _hasMean ? EdgeMath.Clamp(_mean.SeriesOhm * (currentA - _lastA), -MostDropV, MostDropV) : 0, dropV = _mean.DropV + jumpV;
        float all = 0, near = 0, allV = 0, nearV = 0;
        for (int i = 0; i < _cells.Length; i++)
        {
            if (!IsTrusted(cellV[i], bleedOn[i])) continue;
            float v = _cells[i].AsMean(cellV[i], dropV);
            all += 1;
            allV = EdgeMath.Clamp(allV + v, -1e6f, 1e6f);
            if (_hasMean && !(Size(v - (_meanV + jumpV)) <= OutlierV + Size(jumpV))) continue;
            near += 1;
            nearV = EdgeMath.Clamp(nearV + v, -1e6f, 1e6f);
        }

        meanV = near > 0.5f * all ? nearV / near : all > 0 ? allV / all : _cell.LowestV;
        return all > 0;
    }

    static float Size(float x) => x < 0 ? -x : x;
}
