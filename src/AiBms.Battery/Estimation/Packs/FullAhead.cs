using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Time until the pack is full: the charge is carried on in thought at the present current, until the first cell reaches its highest voltage, then at the current that holds it there.</summary>
/// <remarks>Pairs are taken as settled, which they are within minutes of a charge; the core stays as warm as it is.</remarks>
sealed class FullAhead
{
    const double StepSoc = 0.005, LeastC = 0.02;

    /// <summary>Held at the highest voltage, a charge ends at this share of the 1C current.</summary>
    const double EndC = 0.05;

    readonly CellAhead _ahead;
    readonly double[] _resistanceOhm;
    readonly double _capacityAh, _highestV;

    public FullAhead(CellType group, CellAhead ahead)
    {
        (_ahead, _capacityAh, _highestV) = (ahead, group.CapacityAh, group.Ratings?.MaxVoltageV ?? group.Circuit!.OcvV[^1]);
        _resistanceOhm = new double[1 + ahead.Circuit.PairCount];
    }

    /// <summary>The time, s; NaN while the pack is not charged or its cells are unknown.</summary>
    /// <param name="currentA">Current now, A.</param>
    /// <param name="state">What is known of the cells.</param>
    public double TimeS(double currentA, PackState state)
    {
        int cell = state.Imbalance.FirstFullCell;
        if (!(currentA > LeastC * _capacityAh) || cell < 0 || state.MeanSoc.Validity == SocValidity.Unknown) return double.NaN;
        double scale = _ahead.Scale(cell), stepAh = StepSoc * _ahead.CapacityAh(cell), timeS = 0, endA = Math.Min(currentA, EndC * _capacityAh);
        for (double soc = _ahead.Soc(cell); soc < 1; soc += StepSoc)
        {
            double middle = Math.Clamp(soc + StepSoc / 2, 0, 1), resistance = 0;
            _ahead.Circuit.Resistances(middle, _ahead.CoreDegC, _resistanceOhm);
            foreach (double part in _resistanceOhm) resistance += part;
            double roomV = _highestV - _ahead.Circuit.Ocv(middle, _ahead.CoreDegC) - _ahead.Circuit.Hysteresis(middle) - _ahead.ErrorV(cell);
            double held = Math.Min(currentA, roomV / (scale * resistance));
            if (held < endA) break;
            timeS += stepAh / held * Units.SecondsPerHour * Math.Min(1, (1 - soc) / StepSoc);
        }

        return timeS;
    }
}
