using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Battery.Thermal;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>State of energy: the pack is discharged in thought with its own circuit and its own heat until the first cell is at its limit.</summary>
/// <remarks>Three cells are carried: the mean cell, the one that is empty first and the one with the largest drop; the pack's voltage is the mean cell's.</remarks>
sealed class PackEnergy
{
    const double StepSoc = 0.004, ShortestS = 1, LongestS = 120, LowestC = 1e-3;
    const int Carried = 3, FirstEmpty = 1, MostProfileSteps = 200_000;

    readonly CellAhead _ahead;
    readonly PackCells _cells;
    readonly PackTemperatures _temperatures;
    readonly EnergyOptions _options;
    readonly CoreCaseModel? _thermal;
    readonly VoltageError? _error;
    readonly double _capacityAh, _lowestV;
    readonly int _count, _pairs;
    readonly double[] _resistanceOhm, _kept, _seenA, _start, _pairV;
    readonly double[] _soc = new double[Carried], _scale = new double[Carried], _perAh = new double[Carried], _errorV = new double[Carried];
    readonly int[] _who = new int[Carried];
    double _recentW, _recentA, _recentS;

    public PackEnergy(PackLayout layout, CellType group, PackCells cells, PackTemperatures temperatures, CellAhead ahead, EnergyOptions options)
    {
        (_cells, _temperatures, _ahead, _options) = (cells, temperatures, ahead, options.Validated());
        (_capacityAh, _count, _pairs) = (group.CapacityAh, layout.SeriesCount, ahead.Circuit.PairCount);
        _thermal = group.Thermal is { } thermal ? new(thermal) : null;
        _error = group.VoltageError;
        _lowestV = group.Ratings?.MinVoltageV ?? group.Circuit!.OcvV[0];
        (_resistanceOhm, _kept, _seenA, _start, _pairV) = (new double[1 + _pairs], new double[_pairs], new double[_pairs], new double[_pairs + 2], new double[_pairs]);
    }

    /// <summary>The load asked for; recent use as made.</summary>
    public EnergyLoad Load { get; set; } = EnergyLoad.Recent;

    bool IsRecent => double.IsNaN(Load.PowerW) && double.IsNaN(Load.CurrentA) && !Load.IsProfile;

    public void Start() => (_recentW, _recentA, _recentS) = (0, 0, 0);

    /// <summary>Keeps the recent use, or takes it back.</summary>
    public void Keep(StateTape tape) => (_recentW, _recentA, _recentS) = (tape.Value(_recentW), tape.Value(_recentA), tape.Value(_recentS));

    /// <summary>Watches the use.</summary>
    public void Watch(double currentA, double stepS)
    {
        if (!(currentA < -_capacityAh / 50) || !(stepS > 0)) return;
        double share = Math.Max(stepS / _options.RecentS, Math.Min(1, stepS / (_recentS + stepS)));
        double volts = _cells.MeanV * _count;
        if (double.IsNaN(volts)) return;
        _recentW += (-currentA * volts - _recentW) * Math.Min(1, share);
        _recentA += (-currentA - _recentA) * Math.Min(1, share);
        _recentS += stepS;
    }

    /// <summary>Fills in the energy.</summary>
    public void Update(PackState state)
    {
        if (state.MeanSoc.Validity == SocValidity.Unknown || state.Imbalance.FirstEmptyCell < 0)
        {
            (state.Energy, state.UsableSoc) = (EnergyEstimate.Unknown, SocBand.Unknown);
            return;
        }

        if (_cells.BrokenCell >= 0)
        {
            state.Energy = EnergyEstimate.Unknown with { Validity = state.MeanSoc.Validity };
            state.UsableSoc = state.UsableSoc with { Validity = state.MeanSoc.Validity };
            return;
        }

        var load = Stated(state);
        double deviation = state.CellSocDeviation[state.Imbalance.FirstEmptyCell], excess = _cells.Mean.Filter.ResistanceExcessFractionDeviation;
        var now = Walk(load, 0, 0, 0, state);
        var less = Walk(load, -deviation, 0, 0, state);
        var harder = Walk(load, 0, excess + 0.03, 0, state);
        double load2 = 0;
        if (IsRecent)
        {
            var other = Walk(new(load.PowerW * (1 + _options.LoadFractionDeviation), load.CurrentA), 0, 0, 0, state);
            load2 = Squared(other.EnergyWh - now.EnergyWh);
        }

        // Of a charge that was never seen to come out under load any part may come, an even chance of each: half of it is its mean.
        double energyWh = (now.EnergyWh + now.SeenWh) / 2, chargeAh = (now.ChargeAh + now.SeenAh) / 2, timeS = (now.TimeS + now.SeenS) / 2, unseenWh = now.EnergyWh - now.SeenWh;
        double size = _options.CapacityFractionDeviation * energyWh, own = Squared(less.EnergyWh - now.EnergyWh) + Squared(harder.EnergyWh - now.EnergyWh) + CircuitError2(now, load, state);
        double energyDeviation = Math.Sqrt(own + load2 + size * size + unseenWh * unseenWh / 12);
        double statedW = double.IsNaN(load.PowerW) ? energyWh * Units.SecondsPerHour / Math.Max(1, timeS) : load.PowerW;
        state.Energy = new(energyWh, energyDeviation, statedW, timeS, now.Cell, state.MeanSoc.Validity);
        double packAh = state.Soc.Soc > 1e-6 ? state.CellSoc[state.Imbalance.FirstEmptyCell] * state.CapacityAh[state.Imbalance.FirstEmptyCell] / state.Soc.Soc : _capacityAh;
        state.UsableSoc = new(Math.Clamp(chargeAh / packAh, 0, 1), deviation + energyDeviation / Math.Max(1, energyWh + energyDeviation), state.MeanSoc.Validity);
    }

    /// <summary>What the circuit's own error near the limit leaves open, Wh².</summary>
    double CircuitError2(in Walked now, EnergyLoad load, PackState state) =>
        _error is null || !(now.ChargeAh > 0) ? 0 : Squared(Walk(load, 0, 0, _error.LoadDeviationAt(now.EndDegC, now.EndSoc), state).EnergyWh - now.EnergyWh);

    EnergyLoad Stated(PackState state)
    {
        if (!IsRecent) return Load;
        double usualW = _options.UsualCRate * _capacityAh * _count * _ahead.Circuit.Ocv(state.MeanSoc.Soc, 25);
        return EnergyLoad.OfPower(_recentS > 60 ? Math.Max(_recentW, LowestC * usualW) : usualW);
    }

    /// <summary>One discharge in thought.</summary>
    /// <param name="load">The load.</param>
    /// <param name="socShift">Added to the SOC of all cells.</param>
    /// <param name="resistanceShift">Added to their resistance, relative.</param>
    /// <param name="lowerV">Taken from their voltage, V.</param>
    /// <param name="state">The pack now.</param>
    Walked Walk(EnergyLoad load, double socShift, double resistanceShift, double lowerV, PackState state)
    {
        Gather(socShift, resistanceShift, state);
        double core = _ahead.CoreDegC, shell = _temperatures.MeanCaseDegC, around = _temperatures.MeanSurroundingsDegC, branch = _start[^1];
        double energy = 0, charge = 0, timeS = 0, seenWh = 0, seenAh = 0, seenS = 0, volts = _ahead.Circuit.Ocv(_soc[0], core);
        int steps = load.IsProfile ? (int)Math.Min(MostProfileSteps, 200 * Units.SecondsPerHour / load.ProfileStepS) : (int)(1.2 / StepSoc) + (int)(200 * Units.SecondsPerHour / LongestS);
        for (int n = 0; n < steps; n++)
        {
            double powerW = load.IsProfile ? load.ProfileW(n) : load.PowerW, currentA = double.IsNaN(load.CurrentA) ? powerW / (_count * volts) : load.CurrentA;
            if (!(currentA > 0) && !load.IsProfile) break;
            double stepS = load.IsProfile ? load.ProfileStepS : Math.Clamp(StepSoc * _capacityAh * Units.SecondsPerHour / currentA, ShortestS, LongestS);
            _ahead.Circuit.Resistances(Math.Clamp(_soc[0], 0, 1), core, _resistanceOhm);
            _ahead.Circuit.Pairs(-currentA, core, stepS, _kept, _seenA);
            double drop = -_resistanceOhm[0] * currentA;
            for (int j = 0; j < _pairs; j++)
            {
                double settled = _resistanceOhm[1 + j] * _seenA[j];
                _pairV[j] = settled + (_pairV[j] - settled) * _kept[j];
                drop += _pairV[j];
            }

            double moved = currentA * stepS / Units.SecondsPerHour, kept = _ahead.Circuit.HysteresisKept(Math.Abs(moved) / _capacityAh), side = moved < 0 ? 1 : -1;
            branch = side + (branch - side) * kept;
            double entropic = -currentA * Units.ToKelvin(core) * _ahead.Circuit.Entropic(Math.Clamp(_soc[0], 0, 1));
            double fade = Math.Exp(-(timeS + stepS) / 1800);
            (int ending, double meanV) = Sink(moved, drop, branch, fade, core, lowerV);
            if (ending >= 0) return new(energy, charge, timeS, _who[ending], _soc[ending], core) { SeenWh = seenWh, SeenAh = seenAh, SeenS = seenS };
            _thermal?.Step(ref core, ref shell, -currentA * drop * _scale[0] + entropic, around, stepS);
            volts = meanV;
            energy += currentA * meanV * _count * stepS / Units.SecondsPerHour;
            charge += moved;
            timeS += stepS;
            if (_soc[FirstEmpty] >= (_error?.LeastSocAt(core) ?? 0)) (seenWh, seenAh, seenS) = (energy, charge, timeS);
        }

        return new(energy, charge, timeS, _who[0], _soc[0], core) { SeenWh = seenWh, SeenAh = seenAh, SeenS = seenS };
    }

    /// <summary>Takes charge out of the carried cells. Returns which of them is at its limit, −1 for none, and the mean cell's voltage, V.</summary>
    (int Ending, double MeanV) Sink(double movedAh, double dropV, double branch, double fade, double core, double lowerV)
    {
        int ending = -1;
        double lowest = double.PositiveInfinity, mean = 0;
        for (int m = 0; m < Carried; m++)
        {
            _soc[m] -= movedAh * _perAh[m];
            double v = _ahead.Circuit.Ocv(_soc[m], core) + _ahead.Circuit.Hysteresis(Math.Clamp(_soc[m], 0, 1)) * branch + _scale[m] * dropV + _errorV[m] * fade - lowerV;
            if (m == 0) mean = v;
            if (m > 0 && v < lowest) (lowest, ending) = (v, m);
        }

        return (lowest < _lowestV ? ending : -1, mean);
    }

    void Gather(double socShift, double resistanceShift, PackState state)
    {
        _ahead.CopyState(_start);
        _start.AsSpan(1, _pairs).CopyTo(_pairV);
        int weak = state.Imbalance.FirstEmptyCell;
        for (int i = 0; i < _count; i++) if (state.CellValidity[i] != SocValidity.Unknown && _ahead.Scale(i) > _ahead.Scale(weak)) weak = i;
        (_who[0], _who[1], _who[2]) = (CellAhead.MeanCell, state.Imbalance.FirstEmptyCell, weak);
        for (int m = 0; m < Carried; m++)
        {
            (_soc[m], _errorV[m]) = (_ahead.Soc(_who[m]) + socShift, _ahead.ErrorV(_who[m]));
            (_scale[m], _perAh[m]) = (_ahead.Scale(_who[m]) * (1 + resistanceShift), 1 / _ahead.CapacityAh(_who[m]));
        }
    }

    static double Squared(double value) => value * value;

    /// <summary>A discharge in thought: what came out, how long it took, the cell that ended it and where, and how warm it was then.</summary>
    readonly record struct Walked(double EnergyWh, double ChargeAh, double TimeS, int Cell, double EndSoc, double EndDegC)
    {
        /// <summary>The part of it above the charge that recordings under load came to.</summary>
        public double SeenWh { get; init; }

        public double SeenAh { get; init; }

        public double SeenS { get; init; }
    }
}
