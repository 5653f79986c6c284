using AiBms.Battery.Electrochemistry.Loads;
using AiBms.Numerics.Stiff;

namespace AiBms.Battery.Electrochemistry.Groups;

/// <summary>Cells in parallel as one stiff system: they share a voltage, and their currents add up to the group's.</summary>
/// <remarks>
/// Unknowns: the cells' differential ones, then their algebraic ones, then the voltage. The voltage borders the cells: a step solves each cell
/// by its own solver, once more for the voltage's column, so that the cost grows with the cells and no faster.
/// </remarks>
sealed class ParallelGroup : IStiffSystem
{
    readonly ElectrochemicalCell[] _cells;
    readonly SharedVoltage _voltage = new();
    readonly double[] _state, _result;
    readonly double[][] _columns;
    readonly int _each, _differential, _algebraic;
    double _conductance;

    public ParallelGroup(ElectrochemicalCell[] cells)
    {
        _cells = cells;
        foreach (var cell in cells) cell.Load = _voltage;
        (_each, _differential) = (cells[0].Size, cells[0].DifferentialCount);
        _algebraic = _each - _differential;
        (_state, _result) = (new double[_each], new double[_each]);
        _columns = [.. cells.Select(_ => new double[_each])];
    }

    /// <summary>Current into the group, A, positive while charging.</summary>
    public double CurrentA { get; set; }

    public int Size => _cells.Length * _each + 1;

    public int DifferentialCount => _cells.Length * _differential;

    /// <summary>The state of one cell.</summary>
    public void Cell(ReadOnlySpan<double> state, int cell, Span<double> cellState)
    {
        state.Slice(cell * _differential, _differential).CopyTo(cellState);
        state.Slice(DifferentialCount + cell * _algebraic, _algebraic).CopyTo(cellState[_differential..]);
    }

    /// <summary>Puts the state of one cell in its place.</summary>
    public void SetCell(Span<double> state, int cell, ReadOnlySpan<double> cellState)
    {
        cellState[.._differential].CopyTo(state.Slice(cell * _differential, _differential));
        cellState[_differential..].CopyTo(state.Slice(DifferentialCount + cell * _algebraic, _algebraic));
    }

    public void Evaluate(double timeS, ReadOnlySpan<double> state, Span<double> derivatives)
    {
        _voltage.SetV = state[^1];
        double left = CurrentA;
        for (int k = 0; k < _cells.Length; k++)
        {
            Cell(state, k, _state);
            _cells[k].Evaluate(timeS, _state, _result);
            SetCell(derivatives, k, _result);
            left -= _state[_cells[k].CurrentIndex];
        }

        derivatives[^1] = left;
    }

    public void Linearise(double timeS, ReadOnlySpan<double> state, Span<double> timeDerivative)
    {
        for (int k = 0; k < _cells.Length; k++)
        {
            Cell(state, k, _state);
            _cells[k].Linearise(timeS, _state, _result);
            SetCell(timeDerivative, k, _result);
        }

        timeDerivative[^1] = 0;
    }

    public bool Factorise(double shiftPerS)
    {
        _conductance = 0;
        for (int k = 0; k < _cells.Length; k++)
        {
            var cell = _cells[k];
            if (!cell.Factorise(shiftPerS)) return false;
            // The answer of the cell to a volt more asked of it.
            Array.Clear(_columns[k]);
            _columns[k][cell.CurrentIndex] = 1;
            cell.Solve(_columns[k]);
            _conductance += _columns[k][cell.CurrentIndex];
        }

        return double.IsFinite(1 / _conductance);
    }

    public void Solve(Span<double> residuals)
    {
        double current = 0;
        for (int k = 0; k < _cells.Length; k++)
        {
            Cell(residuals, k, _state);
            _cells[k].Solve(_state);
            current += _state[_cells[k].CurrentIndex];
            SetCell(residuals, k, _state);
        }

        double changeV = (residuals[^1] - current) / _conductance;
        for (int k = 0; k < _cells.Length; k++)
        {
            Lanes.AddScaled(residuals.Slice(k * _differential, _differential), _columns[k], changeV);
            Lanes.AddScaled(residuals.Slice(DifferentialCount + k * _algebraic, _algebraic), _columns[k].AsSpan(_differential), changeV);
        }

        residuals[^1] = changeV;
    }

    public double ErrorNorm(ReadOnlySpan<double> errorState, ReadOnlySpan<double> state)
    {
        double worst = Math.Abs(errorState[^1]) / _cells[0].Tolerance;
        for (int k = 0; k < _cells.Length; k++)
        {
            Cell(errorState, k, _state);
            Cell(state, k, _result);
            worst = Math.Max(worst, _cells[k].ErrorNorm(_state, _result));
        }

        return worst;
    }
}
