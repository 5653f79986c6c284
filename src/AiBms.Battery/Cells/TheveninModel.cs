namespace AiBms.Battery.Cells;

/// <summary>A cell as an equivalent circuit: v = OCV(z, T) + M(z)·h + R₀·i + Σ vⱼ, one vⱼ per RC pair.</summary>
/// <remarks>
/// State [z, v₁ … vₙ, h]: SOC 0…1, volts, hysteresis −1 (discharge branch) … 1 (charge branch).
/// Source: Plett, "Battery Management Systems, Volume I", chapter 2. Parameters are those at the start of the step.
/// </remarks>
public sealed class TheveninModel : ICellModel
{
    readonly Circuit<double> _circuit;

    /// <param name="cell">A cell with a circuit; refused with an <see cref="ArgumentException"/> otherwise.</param>
    public TheveninModel(CellType cell) => _circuit = Of<double>(cell);

    /// <summary>The circuit of a cell in the precision asked for.</summary>
    public static Circuit<T> Of<T>(CellType cell) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        new(cell.CapacityAh, cell.Circuit ?? throw new ArgumentException($"Cell {cell.Id} has no circuit: identify one first.", nameof(cell)));

    /// <inheritdoc/>
    public int StateCount => _circuit.PairCount + 2;

    /// <inheritdoc/>
    public void Rest(Span<double> state, double soc)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, StateCount);
        state.Clear();
        state[0] = soc;
    }

    /// <inheritdoc/>
    public void Step(Span<double> state, double currentA, double temperatureDegC, double stepS)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, StateCount);
        int pairs = _circuit.PairCount;
        Span<double> resistanceOhm = stackalloc double[1 + pairs], kept = stackalloc double[pairs], seenA = stackalloc double[pairs];
        _circuit.Resistances(state[0], temperatureDegC, resistanceOhm);
        _circuit.Pairs(currentA, temperatureDegC, stepS, kept, seenA);

        double socChange = _circuit.Efficiency(currentA) * currentA * stepS * _circuit.SocPerCoulomb;
        state[0] += socChange;
        for (int j = 0; j < pairs; j++)
        {
            double settledV = resistanceOhm[1 + j] * seenA[j];
            state[1 + j] = settledV + (state[1 + j] - settledV) * kept[j];
        }

        double branch = Math.Sign(currentA), keptBranch = _circuit.HysteresisKept(socChange);
        state[^1] = branch + (state[^1] - branch) * keptBranch;
    }

    /// <inheritdoc/>
    public double VoltageV(ReadOnlySpan<double> state, double currentA, double temperatureDegC) =>
        OpenCircuitVoltageV(state[0], temperatureDegC) + OverpotentialV(state, currentA, temperatureDegC);

    /// <summary>Resistance that the voltage shows at once, Ω.</summary>
    public double SeriesOhm(ReadOnlySpan<double> state, double temperatureDegC)
    {
        Span<double> resistanceOhm = stackalloc double[1 + _circuit.PairCount];
        _circuit.Resistances(state[0], temperatureDegC, resistanceOhm);
        return resistanceOhm[0];
    }

    /// <inheritdoc/>
    public double OpenCircuitVoltageV(double soc, double temperatureDegC) => _circuit.Ocv(soc, temperatureDegC);

    /// <inheritdoc/>
    public double HeatW(ReadOnlySpan<double> state, double currentA, double temperatureDegC) =>
        currentA * OverpotentialV(state, currentA, temperatureDegC) + ReversibleHeatW(state, currentA, temperatureDegC);

    /// <summary>The part of the heat that turns its sign with the current, W: I·T·dOCV/dT.</summary>
    public double ReversibleHeatW(ReadOnlySpan<double> state, double currentA, double temperatureDegC) =>
        currentA * Units.ToKelvin(temperatureDegC) * _circuit.Entropic(state[0]);

    double OverpotentialV(ReadOnlySpan<double> state, double currentA, double temperatureDegC)
    {
        Span<double> resistanceOhm = stackalloc double[1 + _circuit.PairCount];
        _circuit.Resistances(state[0], temperatureDegC, resistanceOhm);
        double sumV = resistanceOhm[0] * currentA + _circuit.Hysteresis(state[0]) * state[^1];
        for (int j = 0; j < _circuit.PairCount; j++) sumV += state[1 + j];
        return sumV;
    }
}
