namespace AiBms.Battery.Cells;

/// <summary>A model of one cell: what it will show at its terminals, and what heat it makes, under a current.</summary>
/// <remarks>
/// Current is positive while charging. State lives with the caller: a span of <see cref="StateCount"/> numbers, the first being SOC.
/// Every model in the catalogue of the tests obeys the same laws: charge balance, rest relaxes to OCV, colder means more drop, heat
/// equals lost energy, nothing allocated per step.
/// </remarks>
public interface ICellModel
{
    /// <summary>How many numbers the state has.</summary>
    int StateCount { get; }

    /// <summary>Puts the state at equilibrium.</summary>
    /// <param name="state">State, length <see cref="StateCount"/>.</param>
    /// <param name="soc">State of charge, 0…1.</param>
    void Rest(Span<double> state, double soc);

    /// <summary>Advances the state by one step of constant current and temperature.</summary>
    /// <param name="state">State, length <see cref="StateCount"/>.</param>
    /// <param name="currentA">Current during the step, A, positive while charging.</param>
    /// <param name="temperatureDegC">Cell temperature during the step, °C.</param>
    /// <param name="stepS">Length of the step, s, ≥ 0.</param>
    void Step(Span<double> state, double currentA, double temperatureDegC, double stepS);

    /// <summary>Terminal voltage at this state and current, V.</summary>
    double VoltageV(ReadOnlySpan<double> state, double currentA, double temperatureDegC);

    /// <summary>Open-circuit voltage at this state of charge, V.</summary>
    double OpenCircuitVoltageV(double soc, double temperatureDegC);

    /// <summary>Heat made at this state and current, W, positive when the cell warms: (V − OCV)·I + I·T·dOCV/dT.</summary>
    double HeatW(ReadOnlySpan<double> state, double currentA, double temperatureDegC);
}
