using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>State of power: the largest current that can be held for a time without a cell crossing its limits, with the margin that is not known.</summary>
/// <remarks>
/// For each direction the cell that a straight line says is nearest to its voltage limit, and the one that is empty (full) first, are
/// solved exactly by bisection on the circuit. Source of the multi-constraint form: Plett, IEEE Trans. Vehicular Technology 53 (2004)
/// 1586, doi 10.1109/TVT.2004.832408; here with the whole circuit ahead instead of one resistance.
/// </remarks>
sealed class PackPower
{
    const int Halvings = 18;

    readonly CellAhead _ahead;
    readonly PackCells _cells;
    readonly PowerOptions _options;
    readonly double _chargeA, _dischargeA, _lowestV, _highestV, _hottestDegC, _settledKPerW;
    readonly int _count;

    public PackPower(PackLayout layout, CellType group, PackCells cells, CellAhead ahead, PowerOptions options)
    {
        (_cells, _ahead, _options, _count) = (cells, ahead, options.Validated(), layout.SeriesCount);
        double[] ocv = group.Circuit!.OcvV;
        (_lowestV, _highestV) = (group.Ratings?.MinVoltageV ?? ocv[0], group.Ratings?.MaxVoltageV ?? ocv[^1]);
        _chargeA = Math.Min(group.Ratings?.MaxChargeA ?? group.CapacityAh, layout.Contactors.BreakCurrentA);
        _dischargeA = Math.Min(group.Ratings?.MaxDischargeA ?? group.CapacityAh, layout.Contactors.BreakCurrentA);
        _hottestDegC = group.Validity?.MaxTemperatureDegC ?? 60;
        _settledKPerW = group.Thermal is { } t ? t.CoreToCaseKPerW + t.CaseToAmbientKPerW : 0;
    }

    /// <summary>Fills in the limits of both directions.</summary>
    public void Update(PackState state)
    {
        if (state.MeanSoc.Validity == SocValidity.Unknown || state.Imbalance.FirstEmptyCell < 0)
        {
            Array.Fill(state.Charge, PowerLimit.Unknown);
            Array.Fill(state.Discharge, PowerLimit.Unknown);
            return;
        }

        // What a cell with a large short can give is nobody's to use.
        if (_cells.BrokenCell >= 0)
        {
            var none = new PowerLimit(0, 0, 0, PowerBinding.CellFault, _cells.BrokenCell, state.MeanSoc.Validity);
            Array.Fill(state.Charge, none);
            Array.Fill(state.Discharge, none);
            return;
        }

        (int low, int high) = Nearest(state);
        for (int k = 0; k < PackState.PowerTimesS.Count; k++)
        {
            double timeS = double.IsPositiveInfinity(PackState.PowerTimesS[k]) ? _options.ContinuousS : PackState.PowerTimesS[k];
            bool isContinuous = timeS == _options.ContinuousS;
            state.Discharge[k] = Limit(state, timeS, -1, low, state.Imbalance.FirstEmptyCell, isContinuous);
            state.Charge[k] = Limit(state, timeS, 1, high, state.Imbalance.FirstFullCell, isContinuous);
        }
    }

    /// <summary>Cells nearest to their voltage limits under a pulse of ten seconds, by a straight line.</summary>
    (int Low, int High) Nearest(PackState state)
    {
        const double TimeS = 10;
        (int low, int high) = (state.Imbalance.FirstEmptyCell, state.Imbalance.FirstFullCell);
        double least = double.PositiveInfinity, most = double.PositiveInfinity;
        double pulseA = _dischargeA / 4;
        _ahead.Hold(-pulseA, TimeS);
        (_, double pulseV) = _ahead.At(CellAhead.MeanCell, -pulseA, TimeS);
        double ohm = Math.Max(1e-9, -pulseV / pulseA / _ahead.Scale(CellAhead.MeanCell));
        for (int i = 0; i < _count; i++)
        {
            if (state.CellValidity[i] == SocValidity.Unknown) continue;
            double own = ohm * _ahead.Scale(i), restV = _cells.OcvOf(i) + _ahead.ErrorV(i);
            double down = (restV - _lowestV) / own, up = (_highestV - restV) / own;
            if (down < least) (least, low) = (down, i);
            if (up < most) (most, high) = (up, i);
        }

        return (low, high);
    }

    PowerLimit Limit(PackState state, double timeS, int sign, int nearest, int first, bool isContinuous)
    {
        double ratedA = sign > 0 ? _chargeA : _dischargeA;
        var (limitA, binding, cell) = (ratedA, PowerBinding.RatedCurrent, -1);
        foreach (int i in (ReadOnlySpan<int>)[nearest, first])
        {
            double roomSoc = sign > 0 ? 1 - _ahead.Soc(i) : _ahead.Soc(i);
            double chargeA = Math.Max(0, roomSoc) * _ahead.CapacityAh(i) * Units.SecondsPerHour / timeS;
            if (chargeA < limitA) (limitA, binding, cell) = (chargeA, PowerBinding.CellCharge, i);
            double voltageA = Solve(i, sign, limitA, timeS);
            if (voltageA < limitA) (limitA, binding, cell) = (voltageA, PowerBinding.CellVoltage, i);
        }

        if (isContinuous && _settledKPerW > 0)
        {
            double coolA = Math.Sqrt(Math.Max(0, _hottestDegC - state.HotSpot.TemperatureDegC) / _settledKPerW / SettledOhm(sign * limitA, timeS));
            if (coolA < limitA) (limitA, binding, cell) = (coolA, PowerBinding.CellTemperature, state.HotSpot.Cell);
        }

        _ahead.Hold(sign * limitA, timeS);
        (double endV, double pulseV) = _ahead.At(CellAhead.MeanCell, sign * limitA, timeS);

        // Charging takes least power at the beginning, discharging gives least at the end.
        double meanV = sign > 0 ? _ahead.Circuit.Ocv(_ahead.Soc(CellAhead.MeanCell), _ahead.CoreDegC) : endV;
        double deviationA = limitA > 0 ? limitA * DeviationV(cell, pulseV) / Math.Max(1e-3, Math.Abs(pulseV)) : 0;
        return new(limitA * meanV * _count, limitA, deviationA, binding, cell, state.MeanSoc.Validity);
    }

    double SettledOhm(double currentA, double timeS)
    {
        if (currentA == 0) return 1e-9;
        _ahead.Hold(currentA, timeS);
        return Math.Max(1e-9, _ahead.At(CellAhead.MeanCell, currentA, timeS).PulseV / currentA);
    }

    /// <summary>Largest current up to a limit that keeps a cell inside its voltage with margin, A, ≥ 0.</summary>
    double Solve(int cell, int sign, double mostA, double timeS)
    {
        if (Fits(cell, sign, mostA, timeS)) return mostA;
        double lowA = 0, highA = mostA;
        for (int n = 0; n < Halvings; n++)
        {
            double middleA = (lowA + highA) / 2;
            if (Fits(cell, sign, middleA, timeS)) lowA = middleA;
            else highA = middleA;
        }

        return lowA;
    }

    bool Fits(int cell, int sign, double currentA, double timeS)
    {
        _ahead.Hold(sign * currentA, timeS);
        (double v, double pulseV) = _ahead.At(cell, sign * currentA, timeS);
        double margin = _options.MarginDeviationScale * DeviationV(cell, pulseV);
        return sign > 0 ? v + margin <= _highestV : v - margin >= _lowestV;
    }

    double DeviationV(int cell, double pulseV)
    {
        double cold = Math.Clamp((25 - _ahead.CoreDegC) / 45, 0, 1);
        double fraction = _options.PulseErrorFraction + (_options.ColdPulseErrorFraction - _options.PulseErrorFraction) * cold;
        double ratio = cell < 0 ? 0 : _cells.Differences.ResistanceDeviation(cell), excess = _cells.Mean.Filter.ResistanceExcessFractionDeviation;
        double pulse = pulseV * pulseV * (fraction * fraction + ratio * ratio + excess * excess);
        return Math.Sqrt(_options.VoltageErrorV * _options.VoltageErrorV + pulse);
    }
}
