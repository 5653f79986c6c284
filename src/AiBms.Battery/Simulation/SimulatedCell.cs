using AiBms.Battery.Cells;
using AiBms.Battery.Thermal;

namespace AiBms.Battery.Simulation;

/// <summary>A cell that lives in a simulation: circuit, core and case. Current is positive while charging.</summary>
/// <remarks>A step starts from the present state; voltage and heat are those at its end under the step's current.</remarks>
public sealed class SimulatedCell
{
    readonly TheveninModel _circuit;
    readonly CoreCaseModel _thermal;
    readonly double[] _state;
    double _coreDegC, _caseDegC;

    /// <param name="cell">With circuit and thermal numbers; refused with an <see cref="ArgumentException"/> otherwise.</param>
    /// <param name="soc">At the start, 0…1, at rest.</param>
    /// <param name="ambientDegC">Temperature of cell and surroundings at the start, °C.</param>
    public SimulatedCell(CellType cell, double soc, double ambientDegC)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(soc);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(soc, 1);
        _circuit = new(cell);
        _thermal = new(cell.Thermal ?? throw new ArgumentException($"Cell {cell.Id} has no thermal numbers: identify them first.", nameof(cell)));
        _state = new double[_circuit.StateCount];
        _circuit.Rest(_state, soc);
        _coreDegC = _caseDegC = ambientDegC;
        VoltageV = _circuit.VoltageV(_state, 0, _coreDegC);
    }

    /// <summary>State of charge, 0…1.</summary>
    public double Soc => _state[0];

    /// <summary>Case temperature, °C.</summary>
    public double CaseDegC => _caseDegC;

    /// <summary>Core temperature, °C.</summary>
    public double CoreDegC => _coreDegC;

    /// <summary>Terminal voltage at the end of the last step, V.</summary>
    public double VoltageV { get; private set; }

    /// <summary>Terminal voltage if this current began to flow now, V.</summary>
    public double VoltageUnderV(double currentA) => _circuit.VoltageV(_state, currentA, _coreDegC);

    /// <summary>One step of constant current and surroundings.</summary>
    public void Step(double currentA, double ambientDegC, double stepS)
    {
        double heatW = _circuit.HeatW(_state, currentA, _coreDegC);
        _circuit.Step(_state, currentA, _coreDegC, stepS);
        _thermal.Step(ref _coreDegC, ref _caseDegC, heatW, ambientDegC, stepS);
        VoltageV = _circuit.VoltageV(_state, currentA, _coreDegC);
    }
}
