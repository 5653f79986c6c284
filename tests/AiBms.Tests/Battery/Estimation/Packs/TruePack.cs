using AiBms.Battery.Cells;
using AiBms.Battery.Packs;
using AiBms.Tests.Battery.Cells;
using AiBms.Tests.House;

namespace AiBms.Tests.Battery.Estimation.Packs;

/// <summary>Cells in series whose truth is known: each its own circuit, capacity, resistance, leak and start; perfect sensors.</summary>
sealed class TruePack
{
    readonly TheveninModel[] _models;
    readonly double[][] _states;
    readonly double[] _leakA, _capacityAh;
    double _timeS;

    public TruePack(int cells, Func<int, double> soc, Func<int, double>? capacity = null, Func<int, double>? resistance = null, Func<int, double>? leakA = null)
    {
        Cell = SyntheticCells.TwoPairs();
        Layout = LayoutOf(cells);
        Reading = new(Layout);
        _capacityAh = [.. Enumerable.Range(0, cells).Select(i => Cell.CapacityAh * (capacity?.Invoke(i) ?? 1))];
        _models = [.. Enumerable.Range(0, cells).Select(i => new TheveninModel(Scaled(Cell, _capacityAh[i], resistance?.Invoke(i) ?? 1)))];
        _states = [.. _models.Select(m => new double[m.StateCount])];
        _leakA = [.. Enumerable.Range(0, cells).Select(i => leakA?.Invoke(i) ?? 0)];
        for (int i = 0; i < cells; i++) _models[i].Rest(_states[i], soc(i));
    }

    public CellType Cell { get; }

    public PackLayout Layout { get; }

    public PackReading Reading { get; }

    public double Soc(int cell) => _states[cell][0];

    public double CapacityAh(int cell) => _capacityAh[cell];

    /// <summary>One step, and what a pack would say at its end.</summary>
    public PackReading Step(double currentA, double stepS = 1, double temperatureDegC = 25)
    {
        Reading.Clear();
        Reading.TimeS = _timeS += stepS;
        Reading[PackSignal.CurrentA] = currentA;
        for (int i = 0; i < _models.Length; i++)
        {
            _models[i].Step(_states[i], currentA - _leakA[i], temperatureDegC, stepS);
            Reading.CellVoltageV[i] = _models[i].VoltageV(_states[i], currentA, temperatureDegC);
            Reading.CellQualities[i] = SignalQuality.Good;
        }

        Array.Fill(Reading.ProbeTemperatureDegC, temperatureDegC);
        Array.Fill(Reading.ProbeQualities, SignalQuality.Good);
        return Reading;
    }

    /// <summary>A drive of a 2 Ah cell: always moving, mostly out.</summary>
    public static double DriveA(int k) => -0.6 + 1.5 * Math.Sin(0.11 * k) + 0.9 * Math.Sin(0.023 * k);

    // A probe on every cell: what is asked here is that equal knowledge gives equal estimates.
    static PackLayout LayoutOf(int cells) => new PackCatalogue(Repo.At("packs")).Find("module_12s_coldplate") with
    {
        SeriesCount = cells,
        Modules = [new("M1", 0, cells)],
        Probes = [.. Enumerable.Range(0, cells).Select(i => new TemperatureProbe($"T{i}", i, ProbePlace.Case))],
    };

    static CellType Scaled(CellType cell, double capacityAh, double resistance)
    {
        double[][] times(double[][] table) => [.. table.Select(row => row.Select(r => r * resistance).ToArray())];
        var circuit = cell.Circuit!;
        return cell with
        {
            CapacityAh = capacityAh,
            Circuit = circuit with { SeriesResistanceOhm = times(circuit.SeriesResistanceOhm), Pairs = [.. circuit.Pairs.Select(p => p with { ResistanceOhm = times(p.ResistanceOhm) })] },
        };
    }
}
