using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>What a cell will show when a current is held from now on: the mean cell's circuit with the cell's own differences.</summary>
sealed class CellAhead
{
    /// <summary>Slow errors of the circuit's voltage fade over this, s.</summary>
    const double ErrorFadesS = 600;

    readonly Circuit<double> _circuit;
    readonly PackCells _cells;
    readonly PackTemperatures _temperatures;
    readonly double[] _resistanceOhm, _kept, _seenA, _state;
    double _scale, _errorV, _capacityAh;

    public CellAhead(CellType group, PackCells cells, PackTemperatures temperatures)
    {
        (_cells, _temperatures, _capacityAh) = (cells, temperatures, group.CapacityAh);
        _circuit = TheveninModel.Of<double>(group);
        (_resistanceOhm, _kept, _seenA, _state) = (new double[1 + _circuit.PairCount], new double[_circuit.PairCount], new double[_circuit.PairCount], new double[_circuit.PairCount + 2]);
    }

    /// <summary>Number of the mean cell, beside the real ones.</summary>
    public const int MeanCell = -1;

    /// <summary>SOC of a cell now.</summary>
    public double Soc(int cell) => _state[0] + (cell < 0 ? 0 : _cells.Differences.Soc(cell));

    /// <summary>Its resistance over the cell type's at the mean temperature.</summary>
    public double Scale(int cell) => cell < 0 ? _scale : _scale * (1 + _cells.Resistance(cell)) * _cells.TemperatureFactor[cell];

    /// <summary>Capacity of a cell, Ah.</summary>
    public double CapacityAh(int cell) => cell < 0 ? _capacityAh : _capacityAh / (1 + _cells.Differences.InverseCapacity(cell));

    /// <summary>Slow voltage error of a cell now, V.</summary>
    public double ErrorV(int cell) => cell < 0 ? _errorV : _errorV + _cells.Differences.ErrorV(cell);

    /// <summary>Core temperature of the mean cell, °C.</summary>
    public double CoreDegC { get; private set; }

    /// <summary>The circuit, for longer walks.</summary>
    public Circuit<double> Circuit => _circuit;

    /// <summary>Copies the mean cell's state.</summary>
    public void CopyState(Span<double> state) => _state.CopyTo(state);

    /// <summary>Looks at the present.</summary>
    public void Refresh()
    {
        _cells.Mean.Filter.CopyCircuitTo(_state);
        (_scale, _errorV) = (1 + _cells.Mean.ResistanceExcessFraction, _cells.Mean.Filter.SlowErrorV);
        (CoreDegC, _capacityAh) = (_temperatures.MeanCoreDegC, _cells.MeanCapacityAh);
    }

    /// <summary>Makes ready for a hold: parameters at the present SOC.</summary>
    public void Hold(double currentA, double timeS)
    {
        // The resistances in the middle of the way count for the end of it.
        double soc = Math.Clamp(_state[0] + currentA * timeS / (2 * Units.SecondsPerHour * _capacityAh), 0, 1);
        _circuit.Resistances(soc, CoreDegC, _resistanceOhm);
        _circuit.Pairs(currentA, CoreDegC, timeS, _kept, _seenA);
    }

    /// <summary>Voltage of a cell at the end of the hold that was made ready, V, and the part of it that the hold's current made.</summary>
    public (double VoltageV, double PulseV) At(int cell, double currentA, double timeS)
    {
        double pulseV = _resistanceOhm[0] * currentA, leftV = 0;
        for (int j = 0; j < _kept.Length; j++)
        {
            leftV += _state[1 + j] * _kept[j];
            pulseV += _resistanceOhm[1 + j] * _seenA[j] * (1 - _kept[j]);
        }

        double scale = Scale(cell), soc = Soc(cell), end = soc + currentA * timeS / (Units.SecondsPerHour * CapacityAh(cell));
        double restV = _circuit.Ocv(end, CoreDegC) + _circuit.Hysteresis(Math.Clamp(end, 0, 1)) * _state[^1];
        return (restV + scale * (leftV + pulseV) + ErrorV(cell) * Math.Exp(-timeS / ErrorFadesS), scale * pulseV);
    }
}
