using AiBms.Battery.Cells;
using AiBms.Numerics;

namespace AiBms.Battery.Simulation;

/// <summary>Cells in series, each made a little differently, under one current.</summary>
public sealed class SimulatedPack
{
    readonly SimulatedCell[] _cells;
    readonly double[] _ambientOffsetK;

    /// <param name="type">What the cells are made as, with circuit and thermal numbers.</param>
    /// <param name="cellCount">Cells in series, at least 1.</param>
    /// <param name="soc">Mean state of charge at the start, 0…1.</param>
    /// <param name="ambientDegC">Temperature at the start, °C.</param>
    /// <param name="spread">How far cells are from their type and from each other.</param>
    /// <param name="noise">Where the differences come from.</param>
    public SimulatedPack(CellType type, int cellCount, double soc, double ambientDegC, SpreadOptions spread, SeededStream noise)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cellCount, 1);
        _cells = new SimulatedCell[cellCount];
        _ambientOffsetK = new double[cellCount];
        for (int k = 0; k < cellCount; k++)
        {
            // A single cell starts where it was told; only cells of a pack differ.
            double ownSoc = cellCount == 1 ? soc : Math.Clamp(soc + spread.StartSpreadSoc * noise.NextNormal(), 0, 1);
            double place = cellCount == 1 ? 0 : 1 - Math.Abs(2.0 * k / (cellCount - 1) - 1);
            _ambientOffsetK[k] = spread.AmbientSpreadDegC * place;
            _cells[k] = new(MadeCell.Draw(type, spread, noise), ownSoc, ambientDegC + _ambientOffsetK[k]);
        }
    }

    /// <summary>The cells, in the order of the string.</summary>
    public IReadOnlyList<SimulatedCell> Cells => _cells;

    /// <summary>Sum of the cell voltages, V.</summary>
    public double VoltageV => _cells.Sum(cell => cell.VoltageV);

    /// <summary>Mean state of charge, 0…1.</summary>
    public double MeanSoc => _cells.Average(cell => cell.Soc);

    /// <summary>One step of constant current; cells in the middle have warmer surroundings.</summary>
    public void Step(double currentA, double ambientDegC, double stepS)
    {
        for (int k = 0; k < _cells.Length; k++) _cells[k].Step(currentA, ambientDegC + _ambientOffsetK[k], stepS);
    }

    /// <summary>The current that makes this power now, A: i·v(i) = P, to a millionth.</summary>
    public double CurrentForA(double powerW)
    {
        double currentA = powerW / VoltageV;
        for (int round = 0; round < 20; round++)
        {
            double nextA = powerW / _cells.Sum(cell => cell.VoltageUnderV(currentA));
            if (Math.Abs(nextA - currentA) < 1e-6) return nextA;
            currentA = nextA;
        }

        return currentA;
    }

    /// <summary>The largest current up to a limit that keeps every cell at or below a voltage, A, not negative; by bisection.</summary>
    public double ChargeCurrentA(double limitA, double limitV)
    {
        bool fits(double currentA) => _cells.All(cell => cell.VoltageUnderV(currentA) <= limitV);
        if (fits(limitA)) return limitA;
        double lowA = 0, highA = limitA;
        while (highA - lowA > 1e-6)
        {
            double middleA = (lowA + highA) / 2;
            if (fits(middleA)) lowA = middleA;
            else highA = middleA;
        }

        return lowA;
    }
}
