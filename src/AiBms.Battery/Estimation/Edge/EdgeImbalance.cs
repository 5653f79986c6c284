namespace AiBms.Battery.Estimation.Edge;

/// <summary>How uneven a pack is and what that costs, in float: the C code in <c>firmware/src/imbalance.c</c>. Meanings as in <see cref="Packs.ImbalanceState"/>.</summary>
/// <param name="cellCount">Cells in series.</param>
public sealed class EdgeImbalance(int cellCount)
{
    const float MostAh = 1e6f, NotKnownAh = -1;

    float _leastAh, _leastFreeAh, _mostFreeAh, _leastCapacityAh, _sumAh, _count;

    /// <summary>Cell that is empty first, from 0; −1 where nothing is known.</summary>
    public int FirstEmptyCell { get; private set; } = -1;

    /// <summary>Cell that is full first.</summary>
    public int FirstFullCell { get; private set; } = -1;

    /// <summary>SOC of the pack, from the two cells that bound it, 0…1; 0 where nothing is known.</summary>
    public float Soc { get; private set; }

    /// <summary>Its standard deviation.</summary>
    public float SocDeviation { get; private set; }

    /// <summary>What balancing brings back, Ah.</summary>
    public float RecoverableLossAh { get; private set; }

    /// <summary>Its standard deviation, Ah.</summary>
    public float RecoverableLossAhDeviation { get; private set; }

    /// <summary>What only a swap brings back, Ah.</summary>
    public float SpreadLossAh { get; private set; }

    /// <summary>Hours of balancing with all resistors on that are needed.</summary>
    public float BalancingHour { get; private set; }

    /// <summary>To take out of each cell so that all are full together, Ah.</summary>
    public ReadOnlyMemory<float> BleedAh => _bleedAh;

    /// <summary>Capacity of each cell, Ah.</summary>
    public ReadOnlyMemory<float> CapacityAh => _capacityAh;

    /// <summary>Whether the figures may be used.</summary>
    public SocValidity Validity { get; private set; }

    readonly float[] _bleedAh = new float[cellCount], _capacityAh = new float[cellCount];

    /// <summary>Takes what is known of the cells.</summary>
    public void Set(EdgeCell cell, EdgePackRules rules, EdgePack pack)
    {
        (FirstEmptyCell, FirstFullCell, Soc, SocDeviation, RecoverableLossAh, RecoverableLossAhDeviation, SpreadLossAh) = (-1, -1, 0, 0, 0, 0, 0);
        (BalancingHour, Validity) = (0, SocValidity.Unknown);
        (_leastAh, _leastFreeAh, _mostFreeAh, _leastCapacityAh, _sumAh, _count) = (MostAh, MostAh, 0, MostAh, 0, 0);
        for (int i = 0; i < cellCount; i++) Bound(pack.Cell(i), i);
        float bleedA = EdgeMath.Clamp(cell.OcvV.Span[50] / rules.BleedOhm, 1e-6f, 1e6f);
        for (int i = 0; i < cellCount; i++)
        {
            float aboveAh = _bleedAh[i] >= 0 ? EdgeMath.Clamp(_mostFreeAh - _bleedAh[i], 0, MostAh) : 0, hours = aboveAh / bleedA;
            _bleedAh[i] = aboveAh;
            if (hours > BalancingHour) BalancingHour = hours;
        }

        if (FirstEmptyCell < 0 || FirstFullCell < 0) return;
        Validity = pack.Mean.Validity;
        EdgeCellAnswer empty = pack.Cell(FirstEmptyCell), full = pack.Cell(FirstFullCell);
        float packAh = EdgeMath.Clamp(_leastAh + _leastFreeAh, 0, MostAh), apart2 = pack.Differences[FirstEmptyCell].SocVariance + pack.Differences[FirstFullCell].SocVariance;
        Soc = packAh > 1e-6f ? EdgeMath.Clamp(_leastAh / packAh, 0, 1) : 0;
        SocDeviation = empty.SocDeviation > full.SocDeviation ? empty.SocDeviation : full.SocDeviation;
        RecoverableLossAh = EdgeMath.Clamp(_leastCapacityAh - packAh, 0, MostAh);
        RecoverableLossAhDeviation = _leastCapacityAh * MathF.Sqrt(apart2);
        SpreadLossAh = EdgeMath.Clamp(_sumAh / _count - _leastCapacityAh, 0, MostAh);
    }

    void Bound(in EdgeCellAnswer one, int cell)
    {
        _capacityAh[cell] = one.CapacityAh;
        _bleedAh[cell] = NotKnownAh;
        if (one.Validity == SocValidity.Unknown) return;
        float heldAh = one.Soc * one.CapacityAh, freeAh = EdgeMath.Clamp(one.CapacityAh - heldAh, 0, MostAh);
        _bleedAh[cell] = freeAh;
        if (heldAh < _leastAh) (_leastAh, FirstEmptyCell) = (heldAh, cell);
        if (freeAh < _leastFreeAh) (_leastFreeAh, FirstFullCell) = (freeAh, cell);
        if (freeAh > _mostFreeAh) _mostFreeAh = freeAh;
        if (one.CapacityAh < _leastCapacityAh) _leastCapacityAh = one.CapacityAh;
        _sumAh = EdgeMath.Clamp(_sumAh + one.CapacityAh, 0, MostAh);
        _count += 1;
    }
}
