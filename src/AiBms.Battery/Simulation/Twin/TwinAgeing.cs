using AiBms.Battery.Simulation.Twin.Faults;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>Lets time and use work on the cells, a minute at a time.</summary>
sealed class TwinAgeing(TwinAgeingOptions options)
{
    const double IntervalS = 60, YearS = 365.25 * 24 * 3600, MonthHours = YearS / 12 / Units.SecondsPerHour, ReferenceK = 298.15;

    double _waitedS;

    /// <summary>Ages the cells once a minute has gone by.</summary>
    /// <returns>Change of the cells' enthalpy with their capacity, J.</returns>
    public double Step(TwinCells cells, TwinEffects effects, ReadOnlySpan<double> coreDegC, double stepS)
    {
        _waitedS += stepS;
        if (_waitedS < IntervalS) return 0;
        double passedS = _waitedS;
        _waitedS = 0;
        for (int c = 0; c < cells.Count; c++)
        {
            double warmFactor = Math.Exp(options.ActivationK * (1 / ReferenceK - 1 / Units.ToKelvin(coreDegC[c])));
            double fullFactor = Math.Max(0.2, 1 + (options.FullFactor - 1) * (2 * cells.Soc[c] - 1));
            double year = options.FirstYearFraction * warmFactor * fullFactor * cells.AgeingFactor[c], rest = cells.CalendarLossFraction[c];
            double restAfter = Math.Sqrt(rest * rest + year * year * passedS / YearS);
            double use = options.PerCycleFraction * warmFactor * cells.AgeingFactor[c] * cells.ThroughputAh[c] / (2 * cells.CapacityAh[c]);
            (cells.CalendarLossFraction[c], cells.ThroughputAh[c]) = (restAfter, 0);
            cells.LossFraction[c] += restAfter - rest + use;
        }

        return Apply(cells, effects, coreDegC);
    }

    /// <summary>Sets capacity, resistance and self-discharge from what has been lost and from faults. A cell keeps its SOC.</summary>
    /// <returns>Change of the cells' enthalpy, J.</returns>
    public double Apply(TwinCells cells, TwinEffects effects, ReadOnlySpan<double> coreDegC)
    {
        double changeJ = 0;
        for (int c = 0; c < cells.Count; c++)
        {
            double beforeJ = cells.EnthalpyJ(c);
            cells.CapacityAh[c] = cells.NewCapacityAh[c] * Math.Max(0.05, 1 - cells.LossFraction[c]) * effects.CapacityFactor[c];
            cells.AgedFactor[c] = (1 + options.ResistanceFactor * cells.LossFraction[c]) * effects.ResistanceFactor[c];
            changeJ += cells.EnthalpyJ(c) - beforeJ;
            double warmFactor = Math.Exp(options.ActivationK * (1 / ReferenceK - 1 / Units.ToKelvin(coreDegC[c])));
            cells.SelfDischargeA[c] = cells.Soc[c] > 0 ? options.SelfDischargePerMonthFraction / MonthHours * cells.CapacityAh[c] * warmFactor * cells.SelfDischargeFactor[c] : 0;
        }

        return changeJ;
    }
}
