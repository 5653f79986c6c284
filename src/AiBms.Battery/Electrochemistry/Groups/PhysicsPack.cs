using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.SingleParticle;
using AiBms.Numerics.Stiff;

namespace AiBms.Battery.Electrochemistry.Groups;

/// <summary>Many cells of any model as groups in parallel, the groups in series, each cell of its own capacity, diffusivity and resistance.</summary>
/// <remarks>
/// A group is one system whose steps are as long as its error allows; groups in series share nothing but the current and step for themselves.
/// For single particles alone <see cref="ParticlePack"/> is faster.
/// </remarks>
public sealed class PhysicsPack
{
    const double FirstStepS = 1e-3, Agreement = 1e-8;

    readonly ElectrochemicalCell[] _cells;
    readonly ParallelGroup[] _groups;
    readonly RosenbrockIntegrator[] _integrators;
    readonly double[] _state, _work, _cellState;
    readonly int _parallel;
    double _timeS, _currentA = double.NaN;

    /// <summary>A pack at rest, every cell at its own state of charge.</summary>
    /// <param name="kind">Model of the cells.</param>
    /// <param name="set">The cells; solid diffusivities are scaled by the spread.</param>
    /// <param name="resolution">How finely.</param>
    /// <param name="parallel">Cells in a group.</param>
    /// <param name="spread">All cells, group by group; as many as fill whole groups.</param>
    public PhysicsPack(ModelKind kind, ParameterSet set, Resolution resolution, int parallel, IReadOnlyList<CellSpread> spread)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        if (spread.Count == 0 || spread.Count % parallel != 0) throw new ArgumentException($"{spread.Count} cells do not fill groups of {parallel}", nameof(spread));
        _parallel = parallel;
        _cells = [.. spread.Select(s => CellFactory.Create(kind, Spread(set, s), resolution, false))];
        _groups = [.. _cells.Chunk(parallel).Select(cells => new ParallelGroup(cells))];
        _integrators = [.. _groups.Select(group => new RosenbrockIntegrator(group, RosenbrockTableau.Rodas4P2))];
        (_state, _work, _cellState) = (new double[_groups[0].Size], new double[2 * _groups[0].Size], new double[_cells[0].Size]);
        var balance = new ElectrodeBalance(set);
        for (int g = 0; g < _groups.Length; g++)
        {
            double sumV = 0;
            for (int k = 0; k < parallel; k++)
            {
                var cell = _cells[g * parallel + k];
                (double negative, double positive) = balance.Stoichiometries(spread[g * parallel + k].StartSoc);
                cell.Rest(_cellState, negative, positive);
                sumV += cell.VoltageV(_cellState);
                _groups[g].SetCell(_state, k, _cellState);
            }

            _state[^1] = sumV / parallel;
            _integrators[g].Start(0, _state, FirstStepS);
        }
    }

    /// <summary>Voltage of all groups in series, V.</summary>
    public double PackVoltageV => _integrators.Sum(integrator => integrator.State[^1]);

    /// <summary>Solver steps of all groups, accepted and rejected.</summary>
    public (long Accepted, long Rejected) SolverSteps => (_integrators.Sum(i => i.Accepted), _integrators.Sum(i => i.Rejected));

    /// <summary>Current of a cell, A, positive while charging.</summary>
    public double CurrentA(int cell)
    {
        _groups[cell / _parallel].Cell(_integrators[cell / _parallel].State, cell % _parallel, _cellState);
        return _cellState[_cells[cell].CurrentIndex];
    }

    /// <summary>Mean stoichiometries of a cell.</summary>
    public (double Negative, double Positive) MeanStoichiometry(int cell)
    {
        _groups[cell / _parallel].Cell(_integrators[cell / _parallel].State, cell % _parallel, _cellState);
        return _cells[cell].MeanStoichiometry(_cellState);
    }

    /// <summary>Lets a current run for a time.</summary>
    /// <param name="packCurrentA">Current through the pack, A, positive while charging.</param>
    /// <param name="durationS">How long, s, &gt; 0.</param>
    /// <returns>False when a group finds no further state: a particle or the electrolyte of a cell is empty or full.</returns>
    public bool Run(double packCurrentA, double durationS)
    {
        double endS = _timeS + durationS;
        for (int g = 0; g < _groups.Length; g++)
        {
            if (packCurrentA != _currentA && !Turn(g, packCurrentA)) return false;
            while (_integrators[g].Time < endS)
                if (_integrators[g].Step(endS) != StepOutcome.Accepted) return false;
        }

        (_timeS, _currentA) = (endS, packCurrentA);
        return true;
    }

    /// <summary>Takes another current: potentials and shares that agree with it.</summary>
    bool Turn(int g, double packCurrentA)
    {
        var group = _groups[g];
        group.CurrentA = packCurrentA;
        _integrators[g].State.CopyTo(_state);
        double sumV = 0;
        for (int k = 0; k < _parallel; k++)
        {
            var cell = _cells[g * _parallel + k];
            group.Cell(_state, k, _cellState);
            cell.GuessPotentials(_cellState, packCurrentA / _parallel);
            sumV += cell.VoltageV(_cellState);
            group.SetCell(_state, k, _cellState);
        }

        _state[^1] = sumV / _parallel;
        if (!ConsistentState.Solve(group, _timeS, _state, Agreement, double.PositiveInfinity, 0, _work)) return false;
        _integrators[g].Start(_timeS, _state, FirstStepS);
        return true;
    }

    static ParameterSet Spread(ParameterSet set, CellSpread spread) => set with
    {
        ElectrodeAreaM2 = set.ElectrodeAreaM2 * spread.CapacityFactor,
        ContactResistanceOhm = set.ContactResistanceOhm + spread.ResistanceOhm,
        Negative = set.Negative with { DiffusivityM2PerS = ScaledFunction.Of(set.Negative.DiffusivityM2PerS, spread.DiffusivityFactor) },
        Positive = set.Positive with { DiffusivityM2PerS = ScaledFunction.Of(set.Positive.DiffusivityM2PerS, spread.DiffusivityFactor) },
    };
}
