namespace AiBms.Agent.Replay;

/// <summary>Ranks the cells of a record, the weakest first, and says what each is.</summary>
public static class CellRanking
{
    const int NeighbourReach = 6;
    const double LeastV = 0.005, LeastResistiveV = 0.001, Deviations = 3.5, ManyDeviations = 5, PerMad = 1.4826;

    /// <summary>A capacity must explain clearly more than charge or a fixed error, since it has a term more.</summary>
    const double ClearlyFraction = 0.9;

    /// <summary>Weakest first.</summary>
    /// <param name="evidence">One for each cell.</param>
    /// <param name="capacityAh">Capacity of a parallel group, Ah.</param>
    public static IReadOnlyList<CellFinding> Of(IReadOnlyList<CellEvidence> evidence, double capacityAh)
    {
        double[] meanV = [.. evidence.Select(e => e.Rows > 0 ? e.MeanV : double.NaN)];
        double[] ownV = [.. Enumerable.Range(0, meanV.Length).Select(i => meanV[i] - Neighbours(meanV, i))];
        double[] charge = new double[meanV.Length], resistance = new double[meanV.Length], left = new double[meanV.Length];
        Span<double> two = stackalloc double[2];
        for (int i = 0; i < meanV.Length; i++)
        {
            left[i] = evidence[i].Fit([CellEvidence.Charge, CellEvidence.Resistance], two);
            (charge[i], resistance[i]) = (two[0], two[1]);
        }

        double packV = Spread(meanV), ownSpreadV = Spread(ownV), spreadOhm = Spread(resistance);
        List<CellFinding> found = [];
        for (int i = 0; i < meanV.Length; i++)
        {
            double fixedLeft = evidence[i].Fit([CellEvidence.Fixed, CellEvidence.Resistance], two);
            bool standsOut = Math.Abs(meanV[i]) > Math.Max(LeastV, Math.Min(Deviations * packV, 2 * LeastV)) || Math.Abs(ownV[i]) > Math.Max(LeastV, Deviations * ownSpreadV);
            (var kind, double capacity) = Kind(evidence[i], charge[i], resistance[i], left[i], fixedLeft, spreadOhm);
            bool isResistive = Math.Abs(resistance[i]) > ManyDeviations * spreadOhm && evidence[i].SizeV(CellEvidence.Resistance, resistance[i]) > LeastResistiveV;
            if (!standsOut) kind = isResistive ? CellFindingKind.HighResistance : CellFindingKind.InLine;
            found.Add(new(
                i, kind, meanV[i], ownV[i], charge[i], charge[i] * capacityAh, capacity, resistance[i], spreadOhm, left[i], fixedLeft, evidence[i].Rows));
        }

        // A cell whose reading is wrong is no weak cell, however low it reads.
        return [.. found.OrderBy(f => f.Kind == CellFindingKind.Measurement || double.IsNaN(f.ChargeFraction)).ThenBy(f => f.ChargeFraction)];
    }

    static (CellFindingKind Kind, double CapacityFraction) Kind(CellEvidence evidence, double charge, double resistance, double left, double fixedLeft, double spreadOhm)
    {
        Span<double> three = stackalloc double[3];
        double capacityLeft = evidence.Fit([CellEvidence.Charge, CellEvidence.Capacity, CellEvidence.Resistance], three);
        double chargeV = evidence.SizeV(CellEvidence.Charge, charge), resistanceV = evidence.SizeV(CellEvidence.Resistance, resistance);
        bool isResistive = resistanceV > chargeV && Math.Abs(resistance) > Deviations * spreadOhm;
        if (isResistive) return (CellFindingKind.HighResistance, three[1]);
        bool isCapacity = three[1] > 0 && capacityLeft < ClearlyFraction * Math.Min(left, fixedLeft)
            && evidence.SizeV(CellEvidence.Capacity, three[1]) > 0.5 * evidence.SizeV(CellEvidence.Charge, three[0]);
        if (isCapacity) return (CellFindingKind.LowCapacity, three[1]);
        return (fixedLeft < left ? CellFindingKind.Measurement : CellFindingKind.ChargeDeficit, three[1]);
    }

    /// <summary>Median of the cells on either side.</summary>
    static double Neighbours(double[] values, int i)
    {
        int from = Math.Max(0, i - NeighbourReach), to = Math.Min(values.Length - 1, i + NeighbourReach);
        double[] near = [.. Enumerable.Range(from, to - from + 1).Where(k => k != i && double.IsFinite(values[k])).Select(k => values[k]).Order()];
        return near.Length == 0 ? 0 : near[near.Length / 2];
    }

    /// <summary>Standard deviation by the median of absolute deviations: the odd ones do not hide themselves.</summary>
    static double Spread(double[] values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0) return double.NaN;
        double middle = sorted[sorted.Length / 2];
        double[] away = [.. sorted.Select(v => Math.Abs(v - middle)).Order()];
        return PerMad * away[away.Length / 2];
    }
}
