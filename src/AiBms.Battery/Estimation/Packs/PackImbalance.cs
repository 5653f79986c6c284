using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Pack SOC, limiting cells and losses from SOC and capacity of every cell.</summary>
sealed class PackImbalance(PackLayout layout, CellType group)
{
    public void Update(PackCells cells, PackState state)
    {
        int n = layout.SeriesCount, empty = -1, full = -1, least = -1;
        double leastAh = double.PositiveInfinity, leastFreeAh = double.PositiveInfinity, leastCapacityAh = double.PositiveInfinity, sumAh = 0, count = 0;
        for (int i = 0; i < n; i++)
        {
            double capacityAh = state.CapacityAh[i];
            if (state.CellValidity[i] == SocValidity.Unknown) continue;
            double heldAh = state.CellSoc[i] * capacityAh, freeAh = capacityAh - heldAh;
            if (heldAh < leastAh) (leastAh, empty) = (heldAh, i);
            if (freeAh < leastFreeAh) (leastFreeAh, full) = (freeAh, i);
            if (capacityAh < leastCapacityAh) (leastCapacityAh, least) = (capacityAh, i);
            (sumAh, count) = (sumAh + capacityAh, count + 1);
        }

        var imbalance = state.Imbalance;
        if (empty < 0)
        {
            imbalance.Clear();
            (state.Soc, state.UsableSoc) = (SocBand.Unknown, SocBand.Unknown);
            return;
        }

        double packAh = leastAh + leastFreeAh;
        (imbalance.Validity, imbalance.FirstEmptyCell, imbalance.FirstFullCell) = (state.MeanSoc.Validity, empty, full);
        imbalance.RecoverableLossAh = Math.Max(0, leastCapacityAh - packAh);
        imbalance.RecoverableLossAhDeviation = leastCapacityAh * Math.Sqrt(Squared(cells.Differences.SocDeviation(empty)) + Squared(cells.Differences.SocDeviation(full)));
        imbalance.RecoverableLossFraction = imbalance.RecoverableLossAh / leastCapacityAh;
        imbalance.SpreadLossAh = sumAh / count - leastCapacityAh;
        imbalance.SpreadLossAhDeviation = state.CapacityAhDeviation[least];
        imbalance.SpreadLossFraction = imbalance.SpreadLossAh * count / sumAh;
        BalancingHours(state);
        Leaks(state);
        double soc2 = 0, fraction2 = 0, resistance2 = 0, meanAh = sumAh / count;
        for (int i = 0; i < n; i++) (soc2, fraction2, resistance2) = (soc2 + Squared(cells.Differences.Soc(i)), fraction2 + Squared(state.CapacityAh[i] / meanAh - 1), resistance2 + Squared(cells.Resistance(i)));
        double common = cells.Differences.CommonSurprise();
        for (int i = 0; i < n; i++) imbalance.LowCells[i] = Class(cells, state, i, meanAh, Others(soc2, cells.Differences.Soc(i)), Others(fraction2, state.CapacityAh[i] / meanAh - 1), Others(resistance2, cells.Resistance(i)), common);

        // What is usual is what the others do: a cell that is far off does not excuse itself.
        double Others(double squares, double own) => Math.Sqrt(Math.Max(0, squares - own * own) / Math.Max(1, n - 1));
    }

    /// <summary>Why a cell stands out: a sensor where its readings contradict themselves, else what explains its voltage, beyond doubt.</summary>
    static LowCellKind Class(PackCells cells, PackState state, int i, double meanAh, double spreadSoc, double spreadFraction, double spreadResistance, double common)
    {
        // Beyond what is sure, beyond what matters, and beyond what is usual in this pack.
        const double Sure = 3, LeastSoc = 0.01, LeastFraction = 0.03, LeastResistance = 0.2, Usual = 3;
        var d = cells.Differences;
        if (cells.IsDropped(i)) return LowCellKind.Dropped;
        if (cells.Holds.Verdicts[i] == CellVerdict.Short || state.Findings.Has(FindingKind.InternalLeak, i)) return LowCellKind.Leak;
        // A mean that is doubted, as of a pack with a shorted cell, says nothing of one of its cells.
        if (state.CellValidity[i] == SocValidity.Unknown || cells.IsMissing(i) || d.Surprise(i) > 9 * common || (cells.ShowsResistance && d.Resistance(i) < PackFindings.StuckFraction)) return LowCellKind.Sensor;
        double lacksAh = 1 - state.CapacityAh[i] / meanAh, lacksSoc = -d.Soc(i), resistance = cells.ShowsResistance ? cells.Resistance(i) : 0;
        if (lacksAh > Math.Max(LeastFraction, Usual * spreadFraction) && lacksAh > Sure * state.CapacityAhDeviation[i] / meanAh) return LowCellKind.LowCapacity;
        if (lacksSoc > Math.Max(LeastSoc, Usual * spreadSoc) && lacksSoc > Sure * d.SocDeviation(i)) return LowCellKind.LowCharge;
        return resistance > Math.Max(LeastResistance, Usual * spreadResistance) && resistance > Sure * d.ResistanceDeviation(i) ? LowCellKind.HighResistance : LowCellKind.None;
    }

    /// <summary>The order of the leaks, worst first: an insertion sort of what is nearly in order already.</summary>
    static void Leaks(PackState state)
    {
        var imbalance = state.Imbalance;
        int[] rank = imbalance.LeakRank;
        for (int k = 1; k < rank.Length; k++)
        {
            int cell = rank[k], at = k;
            for (; at > 0 && imbalance.LeakA[rank[at - 1]] < imbalance.LeakA[cell]; at--) rank[at] = rank[at - 1];
            rank[at] = cell;
        }
    }

    /// <summary>SOC of the pack from the two cells that bound it, as they are now.</summary>
    public static void PackSoc(PackState state)
    {
        (int empty, int full) = (state.Imbalance.FirstEmptyCell, state.Imbalance.FirstFullCell);
        if (empty < 0) return;
        double leastAh = state.CellSoc[empty] * state.CapacityAh[empty], freeAh = (1 - state.CellSoc[full]) * state.CapacityAh[full];
        double deviation = Math.Max(state.CellSocDeviation[empty], state.CellSocDeviation[full]);
        state.Soc = new(leastAh + freeAh > 0 ? leastAh / (leastAh + freeAh) : 0, deviation, state.MeanSoc.Validity);
    }

    /// <summary>
    /// Every cell is to have as little room as the first that is full: what it has more of room cannot be filled, so the others are bled. Held
    /// against the cell that has the most room beyond doubt: the one that merely seems to is an extreme of noise.
    /// </summary>
    void BalancingHours(PackState state)
    {
        var imbalance = state.Imbalance;
        double bleedA = group.Circuit!.OcvV[group.Circuit.OcvV.Length / 2] / layout.Balancing.ResistorOhm, mostAh = double.NegativeInfinity, roomAh = 0, roomAhDeviation = 0, longest = 0;
        for (int i = 0; i < layout.SeriesCount; i++)
        {
            if (state.CellValidity[i] == SocValidity.Unknown) continue;
            double free = 1 - state.CellSoc[i];
            imbalance.BleedAh[i] = free * state.CapacityAh[i];
            double surelyAh = imbalance.BleedAh[i] - imbalance.BleedAhDeviation[i];
            if (surelyAh > mostAh) (mostAh, roomAh, roomAhDeviation) = (surelyAh, imbalance.BleedAh[i], imbalance.BleedAhDeviation[i]);
        }

        for (int i = 0; i < layout.SeriesCount; i++)
        {
            bool isKnown = state.CellValidity[i] != SocValidity.Unknown;
            imbalance.BleedAh[i] = isKnown ? Math.Max(0, roomAh - imbalance.BleedAh[i]) : 0;
            imbalance.BleedAhDeviation[i] = isKnown ? Math.Sqrt(Squared(imbalance.BleedAhDeviation[i]) + Squared(roomAhDeviation)) : 0;
            longest = Math.Max(longest, imbalance.BleedAh[i] / bleedA);
        }

        imbalance.BalancingHour = longest;
    }

    static double Squared(double value) => value * value;
}
