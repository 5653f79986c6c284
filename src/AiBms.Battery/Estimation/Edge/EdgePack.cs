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
    readonly float[] _tapV, _slopeV;
    EdgeAnswer _answer;
    float _meanV, _lastA;
    bool _hasMean, _wasSearching;

    /// <param name="cell">Parameters of the parallel group.</param>
    /// <param name="rules">The pack.</param>
    public EdgePack(EdgeCell cell, EdgePackRules rules)
    {
        (_cell, _rules, _mean) = (cell, rules, new(cell));
        _cells = [.. Enumerable.Range(0, rules.CellCount).Select(_ => new EdgeDifference())];
        (_tapV, _slopeV) = (new float[rules.CellCount], new float[rules.CellCount]);
        Start(0.5f, -1);
    }

    /// <summary>What is known of the mean cell.</summary>
    public EdgeAnswer Mean => _answer;

    /// <summary>Capacity that the mean cell is counted with, Ah: the cell type's, or what was tracked.</summary>
    public float CountedAh => _cell.CapacityAh / _mean.PerCapacity;

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
        Array.Clear(_tapV);
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
        var now = EdgePackPace.Of(isFirst ? 0 : heldS, _mean.FlownA, _mean.SocPerAs, _mean.IsGap, _mean.DropV, _meanV, _rules.BleedOhm);
        float sharedV = PredictCells(now, bleedOn, meanV);
        _wasSearching = _mean.IsSearching;

        // Differences only: what all cells share is the mean filter's to explain.
        if (isKnown)
        {
            for (int i = 0; i < _cells.Length; i++)
                if (_cells[i].IsTrusted) _cells[i].Correct(_tapV[i] - sharedV, _slopeV[i], now.DropV);
            (_meanV, _hasMean) = (meanV, true);
        }

        _lastA = _mean.HeldA;
    }

    /// <summary>What is known of one cell, from 0.</summary>
    public EdgeCellAnswer Cell(int which)
    {
        var d = _cells[which];
        float inverse = 1 + d.Inverse, capacityAh = _cell.CapacityAh / (_mean.PerCapacity * inverse);
        var validity = _answer.Validity;
        if (validity == SocValidity.Unknown || !d.IsSeen) validity = SocValidity.Unknown;
        else if (d.MissingS > 0) validity = SocValidity.SensorSuspect;
        return new(
            EdgeMath.Clamp(_mean.FilterSoc + d.Soc, 0, 1), MathF.Sqrt(_answer.SocDeviation * _answer.SocDeviation + d.SocVariance),
            (1 + _mean.Excess) * (1 + d.Resistance), capacityAh, capacityAh * MathF.Sqrt(d.InverseVariance) / inverse, validity);
    }

    /// <summary>Advances every cell. Returns the mean of all taps that agree with the mean cell, V.</summary>
    float PredictCells(in EdgePackPace now, ReadOnlySpan<bool> bleedOn, float meanV)
    {
        bool hasFound = !_mean.IsSearching && _wasSearching;
        float meanOcvV = EdgeOcv.AtReference(_cell, _mean.FilterSoc, out _), sum = 0, count = 0;
        for (int i = 0; i < _cells.Length; i++)
        {
            var d = _cells[i];
            d.Predict(now);
            if (hasFound || now.Unseen2 > 0) d.P[0] += now.Unseen2 * d.P[7] + (hasFound ? AfterSearch2 : 0);
            if (!d.IsTrusted) d.MoveUnseen(now, bleedOn[i]);
            d.OcvV = EdgeOcv.AtReference(_cell, _mean.FilterSoc + d.Soc, out _slopeV[i]) - meanOcvV;
            if (!d.IsTrusted) continue;
            (d.IsSeen, d.MissingS) = (true, 0);
            _tapV[i] = d.AsMean(_tapV[i], now.DropV);
            if (!(Size(_tapV[i] - meanV) <= OutlierV)) continue;
            count += 1;
            sum += _tapV[i];
        }

        return count > 0 ? sum / count : meanV;
    }

    /// <summary>Voltage of the mean cell; what is far off does not count, unless most are. False where no cell was measured. Finds which taps are believed.</summary>
    bool MeanVoltage(ReadOnlySpan<float> cellV, ReadOnlySpan<bool> bleedOn, float currentA, out float meanV)
    {
        float jumpV = _hasMean ? EdgeMath.Clamp(_mean.SeriesOhm * (currentA - _lastA), -MostDropV, MostDropV) : 0, dropV = _mean.DropV + jumpV;
        float reachV = _hasMean ? OutlierV + Size(jumpV) : 1e9f, expectedV = _hasMean ? _meanV + jumpV : 0, all = 0, near = 0, nearV = 0;
        for (int i = 0; i < _cells.Length; i++)
        {
            var d = _cells[i];
            d.IsTrusted = cellV[i] > _cell.LowestV && cellV[i] < _cell.HighestV && !bleedOn[i];
            if (!d.IsTrusted) continue;
            _tapV[i] = cellV[i];
            float v = d.AsMean(cellV[i], dropV);
            all += 1;
            if (!(Size(v - expectedV) <= reachV)) continue;
            near += 1;
            nearV += v;
        }

        meanV = near > 0.5f * all ? nearV / near : MeanOfAll(dropV, all);
        return all > 0;
    }

    /// <summary>Mean of all taps that are believed, V; the lowest voltage, which is no reading, where none is.</summary>
    float MeanOfAll(float dropV, float all)
    {
        float sumV = 0;
        for (int i = 0; i < _cells.Length; i++)
            if (_cells[i].IsTrusted) sumV += _cells[i].AsMean(_tapV[i], dropV);
        return all > 0 ? sumV / all : _cell.LowestV;
    }

    static float Size(float x) => x < 0 ? -x : x;
}
