using AiBms.Battery.Estimation.Packs;

namespace AiBms.Battery.Estimation.Edge;

/// <summary>Capacity and resistance of every cell over its life in float, operation for operation the C code in <c>firmware/src/health.c</c>.</summary>
/// <remarks>
/// Windows between two rests as <see cref="PackHealth"/> takes them; a Kalman filter of one state a cell in place of the fit over the
/// last eight windows, because that needs no memory of them. Resistance is a slow mean of what the filters find under load.
/// </remarks>
public sealed class EdgeHealth
{
    const float RestS = 1800, RestCRate = 0.02f, LoadCRate = 0.1f, LeastChange = 0.4f, MostAnchor2 = 9e-4f, OffsetCRate = 0.002f, GainShare = 0.005f;
    const float LongestH = 720, LeastSoh = 0.3f, MostSoh = 1.5f, Walk2 = 2.5e-5f, MemoryS = 36000, LeastResistance = 0.01f, MostResistance = 100;
    const float WholeAs = 360, HoursPerS = 1f / 3600, MostA = 1e6f, MostAh = 1e7f;

    readonly EdgeCell _cell;
    readonly EdgeCellHealth[] _cells;
    float _chargeAh, _partAs, _hours, _restS, _loadedS;
    bool _hasFrom, _isMissed, _isRead;

    /// <param name="cell">Parameters of the parallel group.</param>
    /// <param name="cellCount">Cells in series.</param>
    public EdgeHealth(EdgeCell cell, int cellCount)
    {
        _cell = cell;
        _cells = [.. Enumerable.Range(0, cellCount).Select(_ => new EdgeCellHealth(cell.CapacityAh))];
    }

    /// <summary>What is known of each cell.</summary>
    public ReadOnlySpan<EdgeCellHealth> Cells => _cells;

    /// <summary>Windows taken.</summary>
    public int TakenCount { get; private set; }

    /// <summary>Windows that were not.</summary>
    public int RejectedCount { get; private set; }

    /// <summary>Why the last window was not taken.</summary>
    public CapacityReason Reason { get; private set; } = CapacityReason.NoRest;

    /// <summary>Charge since the last rest, Ah, as far as it is added up.</summary>
    public float ChargeAh => _chargeAh;

    /// <summary>Takes in a step, after the pack's filters did.</summary>
    /// <param name="pack">The filters.</param>
    /// <param name="stepS">Time since the step before, s.</param>
    /// <param name="currentA">Current of the pack, A, positive while charging.</param>
    /// <param name="cellV">Voltages, V.</param>
    /// <param name="bleedOn">Whose resistor is on.</param>
    public void Step(EdgePack pack, float stepS, float currentA, ReadOnlySpan<float> cellV, ReadOnlySpan<bool> bleedOn)
    {
        var mean = pack.MeanEstimator;
        if (!mean.IsRunning) return;

        // What flowed in a gap, or while the current was not measured, is not known.
        if (!(currentA >= -MostA && currentA <= MostA) || mean.IsGap)
        {
            (_isMissed, _restS, _isRead) = (true, 0, false);
            return;
        }

        float heldS = EdgeMath.Clamp(stepS, 0, 1e7f);
        Count(heldS, currentA);
        FollowResistances(pack, heldS, currentA);
        if (!(_restS >= RestS) || _isRead) return;
        _isRead = true;
        ReadRest(mean, cellV, bleedOn);
        EndWindow();
    }

    /// <summary>Lets the pack count with the mean of what was tracked of its cells from then on; nothing happens before a window was taken.</summary>
    /// <returns>True where a capacity was told.</returns>
    public bool Teach(EdgePack pack)
    {
        float sumAh = 0, count = 0;
        foreach (var one in _cells)
        {
            if (one.WindowCount == 0) continue;
            sumAh = EdgeMath.Clamp(sumAh + one.CapacityAh, 0, MostAh);
            count += 1;
        }

        if (count > 0) pack.MeanEstimator.LearnCapacity(sumAh / count);
        return count > 0;
    }

    void Count(float stepS, float currentA)
    {
        float efficiency = currentA > 0 ? _cell.ChargeEfficiency : 1;
        _partAs = EdgeMath.Clamp(_partAs + currentA * efficiency * stepS, -1e13f, 1e13f);
        if (Size(_partAs) > WholeAs)
        {
            _chargeAh = EdgeMath.Clamp(_chargeAh + _partAs * HoursPerS, -MostAh, MostAh);
            _partAs = 0;
        }

        _hours = EdgeMath.Clamp(_hours + stepS * HoursPerS, 0, 1e6f);
        _restS = EdgeMath.Clamp(_restS + stepS, 0, 1e7f);
        if (Size(currentA) >= RestCRate * _cell.CapacityAh) (_restS, _isRead) = (0, false);
    }

    void FollowResistances(EdgePack pack, float stepS, float currentA)
    {
        if (!(Size(currentA) > LoadCRate * _cell.CapacityAh)) return;
        _loadedS = EdgeMath.Clamp(_loadedS + stepS, 0, MemoryS);
        float share = EdgeMath.Clamp(stepS / EdgeMath.Clamp(_loadedS, 1e-3f, MemoryS), 0, 1);
        for (int i = 0; i < _cells.Length; i++)
        {
            float now = EdgeMath.Clamp((1 + pack.MeanEstimator.Excess) * (1 + pack.Differences[i].Resistance), LeastResistance, MostResistance);
            _cells[i].ResistanceRatio = EdgeMath.Clamp(_cells[i].ResistanceRatio + (now - _cells[i].ResistanceRatio) * share, LeastResistance, MostResistance);
        }
    }

    void ReadRest(EdgeCellEstimator mean, ReadOnlySpan<float> cellV, ReadOnlySpan<bool> bleedOn)
    {
        float leftV = EdgeMath.Clamp(mean.DropV, -10, 10), aboveK = EdgeMath.Clamp(mean.CoreDegC - 25, -100, 200), branch = EdgeMath.Clamp(mean.Branch, -1, 1);
        for (int i = 0; i < _cells.Length; i++)
        {
            float v = cellV[i];
            bool isTrusted = v > _cell.LowestV && v < _cell.HighestV && !bleedOn[i];
            if (isTrusted) _cells[i].To = EdgeAnchor.Of(_cell, v - leftV, leftV, aboveK, branch);
            else _cells[i].To = _cells[i].To with { Variance = 0 };
        }
    }

    void EndWindow()
    {
        if (_hasFrom)
        {
            _chargeAh = EdgeMath.Clamp(_chargeAh + _partAs * HoursPerS, -MostAh, MostAh);
            _partAs = 0;
            Reason = Judge();
            if (Reason == CapacityReason.None)
            {
                Take();
                TakenCount++;
            }
            else
            {
                RejectedCount++;

                // A small swing is kept open: the next rest may be far enough away.
                if (Reason == CapacityReason.SmallSwing) return;
            }
        }

        foreach (var one in _cells) one.From = one.To;
        (_chargeAh, _partAs, _hours, _isMissed, _hasFrom) = (0, 0, 0, false, true);
    }

    CapacityReason Judge()
    {
        float change = 0, worst2 = 0, count = 0;
        foreach (var one in _cells)
        {
            if (!one.HasBoth) continue;
            change = EdgeMath.Clamp(change + (one.To.Soc - one.From.Soc), -1e4f, 1e4f);
            worst2 = EdgeMath.Clamp(worst2 + (one.From.Variance > one.To.Variance ? one.From.Variance : one.To.Variance), 0, 1e9f);
            count += 1;
        }

        if (count > 0) (change, worst2) = (change / count, worst2 / count);
        float toldAh = change * _cell.CapacityAh, ratio = (toldAh < 0 ? -_chargeAh : _chargeAh) / EdgeMath.Clamp(Size(toldAh), 1e-6f, 1e9f);
        return _isMissed ? CapacityReason.CurrentMissing
            : count <= 0 || worst2 > MostAnchor2 ? CapacityReason.FlatOcv
            : _hours > LongestH ? CapacityReason.LongWindow
            : Size(change) < LeastChange ? CapacityReason.SmallSwing
            : !(ratio > LeastSoh && ratio < MostSoh) ? CapacityReason.NotPossible : CapacityReason.None;
    }

    /// <summary>Charge over change of SOC with errors in both, one window after the other.</summary>
    void Take()
    {
        float newAh = _cell.CapacityAh, offsetAh = OffsetCRate * newAh * _hours, gainAh = GainShare * _chargeAh, counted2 = offsetAh * offsetAh + gainAh * gainAh;
        foreach (var one in _cells)
        {
            if (!one.HasBoth) continue;
            float x = one.To.Soc - one.From.Soc, q = one.CapacityAh, p = one.VarianceAh2 + Walk2 * newAh * newAh;
            float spread = x * x * p + counted2 + q * q * (one.From.Variance + one.To.Variance), gain = p * x / EdgeMath.Clamp(spread, 1e-12f, 1e12f);
            one.CapacityAh = EdgeMath.Clamp(q + gain * (_chargeAh - q * x), 0.1f * newAh, 2 * newAh);
            one.VarianceAh2 = EdgeMath.Clamp(p - gain * x * p, 1e-9f, newAh * newAh);
            one.WindowCount++;
        }
    }

    static float Size(float x) => x < 0 ? -x : x;
}
