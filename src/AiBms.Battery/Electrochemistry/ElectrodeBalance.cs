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
    readonly double _full, _empty, _lithiumAh, _negativeAh, _positiveAh;

    /// <summary>Solves the balance of a set.</summary>
    /// <exception cref="ArgumentException">The lithium of the set cannot reach one of its cut-offs.</exception>
    public ElectrodeBalance(ParameterSet set)
    {
        _set = set;
        (_negativeAh, _positiveAh) = (set.ElectrodeCapacityAh(set.Negative), set.ElectrodeCapacityAh(set.Positive));
        _lithiumAh = set.Negative.InitialStoichiometry * _negativeAh + set.Positive.InitialStoichiometry * _positiveAh;
        double OpenV(double x) => set.Positive.OpenCircuitPotentialV.At(Positive(x), set.ReferenceTemperatureK)
            - set.Negative.OpenCircuitPotentialV.At(x, set.ReferenceTemperatureK);
        double low = Math.Max(0, (_lithiumAh - _positiveAh) / _negativeAh), high = Math.Min(1, _lithiumAh / _negativeAh);
        if (OpenV(low) > set.LowerVoltageV || OpenV(high) < set.UpperVoltageV)
            throw new ArgumentException($"the lithium of '{set.Id}' cannot reach its cut-off voltages", nameof(set));
        (_full, _empty) = (Bisect(OpenV, set.UpperVoltageV, low, high), Bisect(OpenV, set.LowerVoltageV, low, high));
    }

    /// <summary>Capacity between the cut-offs at rest, Ah.</summary>
    public double CapacityAh => (_full - _empty) * _negativeAh;

    /// <summary>Stoichiometries of negative and positive electrode at a state of charge, 0…1.</summary>
    public (double NegativeStoichiometry, double PositiveStoichiometry) Stoichiometries(double soc)
    {
        double x = _empty + soc * (_full - _empty);
        return (x, Positive(x));
    }

    /// <summary>State of charge of a mean stoichiometry of the negative electrode.</summary>
    public double Soc(double negativeStoichiometry) => (negativeStoichiometry - _empty) / (_full - _empty);

    /// <summary>Open-circuit voltage at a state of charge, V, and its slope in the charge, V/Ah: what a slow charge shows as dV/dQ.</summary>
    public double OpenCircuitV(double soc, out double slopeVPerAh)
    {
        (double x, double y) = Stoichiometries(soc);
        double positive = _set.Positive.OpenCircuitPotentialV.At(y, _set.ReferenceTemperatureK, out double positiveSlope);
        double negative = _set.Negative.OpenCircuitPotentialV.At(x, _set.ReferenceTemperatureK, out double negativeSlope);
        slopeVPerAh = -positiveSlope / _positiveAh - negativeSlope / _negativeAh;
        return positive - negative;
    }

    double Positive(double x) => (_lithiumAh - x * _negativeAh) / _positiveAh;

    /// <summary>The open-circuit voltage rises with x.</summary>
    static double Bisect(Func<double, double> openV, double target, double low, double high)
    {
        for (int i = 0; i < 100; i++)
        {
            double middle = 0.5 * (low + high);
            if (openV(middle) < target) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }
}
