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
    readonly ElectrodeContent _negative, _positive;
    readonly double _full, _empty, _lithiumAh;

    /// <summary>Solves the balance of a set.</summary>
    /// <exception cref="ArgumentException">The lithium of the set cannot reach one of its cut-offs.</exception>
    public ElectrodeBalance(ParameterSet set)
    {
        _set = set;
        (_negative, _positive) = (new(set, set.Negative), new(set, set.Positive));
        _lithiumAh = _negative.InitialAh + _positive.InitialAh;
        double OpenV(double x) => set.Positive.RestPotentialV(Positive(x), set.ReferenceTemperatureK, out _)
            - set.Negative.RestPotentialV(x, set.ReferenceTemperatureK, out _);
        (double low, double high) = (Math.Clamp(_negative.Holding(_lithiumAh - _positive.HeldAh(1)), 0, 1), Math.Clamp(_negative.Holding(_lithiumAh), 0, 1));
        if (OpenV(low) > set.LowerVoltageV || OpenV(high) < set.UpperVoltageV)
            throw new ArgumentException($"the lithium of '{set.Id}' cannot reach its cut-off voltages", nameof(set));
        // Open-circuit voltage rises with x.
        (_full, _empty) = (ElectrodeContent.RootOfRising(OpenV, set.UpperVoltageV, low, high), ElectrodeContent.RootOfRising(OpenV, set.LowerVoltageV, low, high));
    }

    /// <summary>Capacity between the cut-offs at rest, Ah.</summary>
    public double CapacityAh => _negative.HeldAh(_full) - _negative.HeldAh(_empty);

    /// <summary>Stoichiometries of negative and positive electrode at a state of charge, 0…1.</summary>
    public (double NegativeStoichiometry, double PositiveStoichiometry) Stoichiometries(double soc)
    {
        double x = _set.Negative.Second is null ? _empty + soc * (_full - _empty) : _negative.Holding(_negative.HeldAh(_empty) + soc * CapacityAh);
        return (x, Positive(x));
    }

    /// <summary>State of charge of a mean stoichiometry of the negative electrode.</summary>
    public double Soc(double negativeStoichiometry) => (_negative.HeldAh(negativeStoichiometry) - _negative.HeldAh(_empty)) / CapacityAh;

    /// <summary>Open-circuit voltage at a state of charge, V, and its slope in the charge, V/Ah: what a slow charge shows as dV/dQ.</summary>
    public double OpenCircuitV(double soc, out double slopeVPerAh)
    {
        (double x, double y) = Stoichiometries(soc);
        double positive = _set.Positive.RestPotentialV(y, _set.ReferenceTemperatureK, out double positiveSlope);
        double negative = _set.Negative.RestPotentialV(x, _set.ReferenceTemperatureK, out double negativeSlope);
        slopeVPerAh = -positiveSlope / _positive.SlopeAh(y, positiveSlope) - negativeSlope / _negative.SlopeAh(x, negativeSlope);
        return positive - negative;
    }

    double Positive(double x) => _positive.Holding(_lithiumAh - _negative.HeldAh(x));
}
