using AiBms.Battery.Cells;
using AiBms.Battery.Estimation.Edge;
using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;

namespace AiBms.Learning.Boards.Forms;

/// <summary>Cells in series, each its own circuit, with perfect sensors, and both forms of the pack's estimators fed with the same readings.</summary>
sealed class MadePack
{
    readonly TheveninModel[] _models;
    readonly double[][] _states;
    readonly PackReading _reading;
    readonly PackEstimator _full;
    readonly EdgeCell _cell;
    readonly float[] _cellV;
    readonly bool[] _bleedOn;
    PowerLimit _last;

    /// <param name="layout">The pack.</param>
    /// <param name="type">Its cell, with a circuit.</param>
    /// <param name="startSoc">SOC of the fullest cell at the start, 0…1.</param>
    public MadePack(PackLayout layout, CellType type, double startSoc)
    {
        int n = layout.SeriesCount;
        Group = GroupCell.Of(layout, type);
        (_full, State, _reading) = (new(layout, type), new(layout), new(layout));
        (_cell, Rules) = (new(Group), EdgePackRules.Of(layout, Group));
        (Pack, Imbalance, Health) = (new(_cell, Rules), new(n), new(_cell, n));
        (Thermal, Power) = (new(EdgeThermalRules.Of(Group, layout)), new(_cell, Rules, Pack));
        // Apart by up to 3 points of charge, 4 % of capacity and 12 % of resistance, in no order.
        _models = [.. Enumerable.Range(0, n).Select(i => new TheveninModel(Scaled(Group, 0.97 + 0.01 * (i * 7 % 5), 0.94 + 0.03 * (i * 3 % 5))))];
        _states = [.. _models.Select(model => new double[model.StateCount])];
        for (int i = 0; i < n; i++) _models[i].Rest(_states[i], startSoc - 0.01 * (i * 5 % 4));
        (_cellV, _bleedOn) = (new float[n], new bool[n]);
    }

    /// <summary>A parallel group as one cell.</summary>
    public CellType Group { get; }

    /// <summary>What the full form knows.</summary>
    public PackState State { get; }

    /// <summary>What the microcontroller is told of the pack, and its parts.</summary>
    public EdgePackRules Rules { get; }
    public EdgePack Pack { get; }
    public EdgeImbalance Imbalance { get; }
    public EdgeHealth Health { get; }
    public EdgeThermal Thermal { get; }
    public EdgePower Power { get; }

    /// <summary>Time since the start, s.</summary>
    public double TimeS { get; private set; }

    /// <summary>True where the full form has made its power limits anew in this step.</summary>
    public bool HasNewLimits { get; private set; }

    /// <summary>SOC of the emptiest cell, 0…1.</summary>
    public double LeastSoc => _states.Min(state => state[0]);

    /// <summary>Moves on by one step.</summary>
    public void Step(double stepS, double currentA, double caseDegC)
    {
        _reading.Clear();
        _reading.TimeS = TimeS += stepS;
        _reading[PackSignal.CurrentA] = currentA;
        for (int i = 0; i < _models.Length; i++)
        {
            _models[i].Step(_states[i], currentA, caseDegC, stepS);
            _reading.CellVoltageV[i] = _models[i].VoltageV(_states[i], currentA, caseDegC);
            _reading.CellQualities[i] = SignalQuality.Good;
            _cellV[i] = (float)_reading.CellVoltageV[i];
        }

        Array.Fill(_reading.ProbeTemperatureDegC, caseDegC);
        Array.Fill(_reading.ProbeQualities, SignalQuality.Good);
        _full.Update(_reading, State);
        HasNewLimits = State.Charge[1] != _last;
        _last = State.Charge[1];
        Pack.Step((float)stepS, (float)currentA, _cellV, _bleedOn, (float)caseDegC);
        Health.Step(Pack, (float)stepS, (float)currentA, _cellV, _bleedOn);
        Thermal.Step((float)stepS, EdgeThermal.HeatW(_cell, Pack), (float)caseDegC);
        Imbalance.Set(_cell, Rules, Pack);
    }

    static CellType Scaled(CellType cell, double capacity, double resistance)
    {
        double[][] Times(double[][] table) => [.. table.Select(row => row.Select(ohm => ohm * resistance).ToArray())];
        var circuit = cell.Circuit!;
        return cell with
        {
            CapacityAh = cell.CapacityAh * capacity,
            Circuit = circuit with { SeriesResistanceOhm = Times(circuit.SeriesResistanceOhm), Pairs = [.. circuit.Pairs.Select(pair => pair with { ResistanceOhm = Times(pair.ResistanceOhm) })] },
        };
    }
}
