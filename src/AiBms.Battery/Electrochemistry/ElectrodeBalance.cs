using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Electrochemistry;

/// <summary>How the two electrodes share their lithium between the cut-off voltages: SOC to stoichiometries and back.</summary>
/// <remarks>
/// The lithium of the set's initial state is kept: x·Q₋ + y·Q₊ constant. SOC 1 is where U₊ − U₋ is the upper cut-off, SOC 0 the lower
/// (Mohtat, Lee, Siegel, Stefanopoulou, J. Power Sources 427 (2019) 101, doi:10.1016/j.jpowsour.2019.03.104).
/// </remarks>
public sealed class ElectrodeBalance
{
    readonly ParameterSet _set;
    readonly double _full, _empty, _lithiumAh, _negativeAh, _positiveAh, _secondAh;

    /// <summary>Solves the balance of a set.</summary>
    /// <exception cref="ArgumentException">The lithium of the set cannot reach one of its cut-offs.</exception>
    public ElectrodeBalance(ParameterSet set)
    {
        _set = set;
        (_negativeAh, _positiveAh) = (set.ElectrodeCapacityAh(set.Negative), set.ElectrodeCapacityAh(set.Positive));
        _secondAh = set.Negative.Second is { } second ? set.ElectrodeCapacityAh(set.Negative with { ActiveFraction = second.ActiveFraction, MaximumConcentrationMolPerM3 = second.MaximumConcentrationMolPerM3 }) : 0;
        _lithiumAh = set.Negative.InitialStoichiometry * _negativeAh + set.Positive.InitialStoichiometry * _positiveAh
            + (set.Negative.Second?.InitialStoichiometry ?? 0) * _secondAh;
        double OpenV(double x) => set.Positive.RestPotentialV(Positive(x), set.ReferenceTemperatureK, out _)
            - set.Negative.RestPotentialV(x, set.ReferenceTemperatureK, out _);
        (double low, double high) = (Holding(_lithiumAh - _positiveAh), Holding(_lithiumAh));
        if (OpenV(low) > set.LowerVoltageV || OpenV(high) < set.UpperVoltageV)
            throw new ArgumentException($"the lithium of '{set.Id}' cannot reach its cut-off voltages", nameof(set));
        (_full, _empty) = (Bisect(OpenV, set.UpperVoltageV, low, high), Bisect(OpenV, set.LowerVoltageV, low, high));
    }

    /// <summary>Capacity between the cut-offs at rest, Ah.</summary>
    public double CapacityAh => HeldAh(_full) - HeldAh(_empty);

    /// <summary>Stoichiometries of negative and positive electrode at a state of charge, 0…1.</summary>
    public (double NegativeStoichiometry, double PositiveStoichiometry) Stoichiometries(double soc)
    {
        double x = _secondAh == 0 ? _empty + soc * (_full - _empty) : Holding(HeldAh(_empty) + soc * CapacityAh);
        return (x, Positive(x));
    }

    /// <summary>State of charge of a mean stoichiometry of the negative electrode.</summary>
    public double Soc(double negativeStoichiometry) => (HeldAh(negativeStoichiometry) - HeldAh(_empty)) / CapacityAh;

    /// <summary>Open-circuit voltage at a state of charge, V, and its slope in the charge, V/Ah: what a slow charge shows as dV/dQ.</summary>
    public double OpenCircuitV(double soc, out double slopeVPerAh)
    {
        (double x, double y) = Stoichiometries(soc);
        double positive = _set.Positive.RestPotentialV(y, _set.ReferenceTemperatureK, out double positiveSlope);
        double negative = _set.Negative.RestPotentialV(x, _set.ReferenceTemperatureK, out double negativeSlope);
        slopeVPerAh = -positiveSlope / _positiveAh - negativeSlope / HeldSlopeAh(x, negativeSlope);
        return positive - negative;
    }

    double Positive(double x) => (_lithiumAh - HeldAh(x)) / _positiveAh;

    /// <summary>Lithium in the negative electrode, a second material at the same potential with it, Ah.</summary>
    double HeldAh(double x) => x * _negativeAh + (_secondAh == 0 ? 0 : _secondAh * _set.Negative.SecondStoichiometry(x, _set.ReferenceTemperatureK));

    double HeldSlopeAh(double x, double slopeV)
    {
        if (_set.Negative.Second is not { } second) return _negativeAh;
        second.RestPotentialV(_set.Negative.SecondStoichiometry(x, _set.ReferenceTemperatureK), _set.ReferenceTemperatureK, out double secondSlopeV);
        return _negativeAh + _secondAh * slopeV / secondSlopeV;
    }

    /// <summary>The stoichiometry 0…1 at which the negative electrode holds so much or is nearest to it.</summary>
    double Holding(double chargeAh) => _secondAh == 0 ? Math.Clamp(chargeAh / _negativeAh, 0, 1) : Bisect(HeldAh, chargeAh, 0, 1);

    /// <summary>Open-circuit voltage and lithium rise with x.</summary>
    static double Bisect(Func<double, double> of, double target, double low, double high)
    {
        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (low + high);
            if (of(middle) < target) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }
}
