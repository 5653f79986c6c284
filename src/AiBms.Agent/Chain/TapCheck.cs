using AiBms.Battery.Estimation.Packs;
using AiBms.Battery.Packs;

namespace AiBms.Agent.Chain;

/// <summary>Finds cell voltages that tell of a tap, not of a cell: impossible values, and what shares a wire with them.</summary>
/// <remarks>
/// Neighbouring cells share the wire between them, so a broken one shows as a value that cannot be and another beside it that is wrong but
/// looks possible (what one shows too much the other shows too little). A value too low for any sound cell may be that of a shorted one: it is
/// a tap's only where the pack's own voltage says so, and where that cannot say it is told as the cell's. Suspicion therefore spreads from an impossible value to either side
/// as long as cells are out of line with the pack: a neighbour that is in line shares no broken wire. It is used for estimates and for what an event is called; the
/// protection judges the raw values by itself and reacts to them whatever is suspected here.
/// </remarks>
/// <param name="cellCount">Cells in series.</param>
/// <param name="lowestV">Below this no cell is, V.</param>
/// <param name="highestV">Above this no cell is, V.</param>
public sealed class TapCheck(int cellCount, double lowestV, double highestV)
{
    const double OutOfLineV = 0.05;

    readonly bool[] _impossible = new bool[cellCount], _suspect = new bool[cellCount], _isTap = new bool[cellCount];
    readonly double[] _sorted = new double[cellCount];

    /// <summary>Median of the voltages that can be, V, as of the last check; NaN where there was none.</summary>
    public double MedianV { get; private set; } = double.NaN;

    /// <summary>True where the cell's voltage is not that of a cell, or shares a wire with one that is not.</summary>
    public bool IsSuspect(int cell) => _suspect[cell];

    /// <summary>True where a cell under suspicion is surely not to blame: what it shows is its tap's.</summary>
    public bool IsTap(int cell) => _isTap[cell];

    /// <summary>True where the value itself cannot be.</summary>
    public bool IsImpossible(int cell) => _impossible[cell];

    /// <summary>How far the voltages of cells lie apart that are not under suspicion, V.</summary>
    public double SpreadV(PackReading reading)
    {
        (double lowV, double highV) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int i = 0; i < cellCount; i++)
            if (!_suspect[i]) (lowV, highV) = (Math.Min(lowV, reading.CellVoltageV[i]), Math.Max(highV, reading.CellVoltageV[i]));
        return Math.Max(0, highV - lowV);
    }

    /// <summary>The cell under suspicion that is furthest from the median; −1 where none is.</summary>
    public int FurthestSuspect(PackReading reading)
    {
        int furthest = -1;
        for (int i = 0; i < cellCount; i++)
        {
            double offV = Math.Abs(reading.CellVoltageV[i] - MedianV);
            if (_suspect[i] && (furthest < 0 || offV > Math.Abs(reading.CellVoltageV[furthest] - MedianV))) furthest = i;
        }

        return furthest;
    }

    /// <summary>Looks at a reading.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="sum">What the pack's voltage has been beside the sum of the taps; null where nobody knows.</param>
    public void Check(PackReading reading, SumWitness? sum = null)
    {
        Array.Clear(_isTap);
        int count = 0;
        for (int i = 0; i < cellCount; i++)
        {
            double v = reading.CellVoltageV[i];
            bool isRead = reading.CellQualities[i] is SignalQuality.Good or SignalQuality.Bleeding;
            _impossible[i] = !isRead || !(v >= lowestV && v <= highestV);
            _suspect[i] = _impossible[i];
            if (!_impossible[i]) _sorted[count++] = v;
        }

        _sorted.AsSpan(0, count).Sort();
        MedianV = count > 0 ? _sorted[count / 2] : double.NaN;
        if (count == cellCount) return;
        for (int i = 0; i < cellCount; i++)
        {
            if (!_impossible[i]) continue;
            Spread(reading, i, 1);
            Spread(reading, i, -1);
        }

        Blame(reading, sum);
    }

    /// <summary>Says of each cell under suspicion whether its tap is to blame.</summary>
    void Blame(PackReading reading, SumWitness? sum)
    {
        sum?.Look(reading);
        (double gapV, double deviationV) = sum is null ? (double.NaN, double.PositiveInfinity) : (sum.GapV, sum.DeviationV);
        (double allV, double surelyV) = (0, 0);
        for (int i = 0; i < cellCount; i++)
        {
            if (!_suspect[i]) continue;
            allV += OffV(reading, i);
            if (_impossible[i] && !IsLow(reading, i)) surelyV += OffV(reading, i);
        }

        for (int i = 0; i < cellCount; i++)
        {
            if (!_suspect[i]) continue;
            bool isLow = IsLow(reading, i);
            double offV = OffV(reading, i);
            var side = SumWitness.Side(gapV, deviationV, offV, OffV(reading, i - 1), OffV(reading, i + 1), surelyV);

            // Where all of them lie the pack's voltage lacks none of it.
            if (side == OffSide.Unknown && SumWitness.Side(gapV, deviationV, offV, 0, 0, allV - offV) == OffSide.Tap) side = OffSide.Tap;
            _isTap[i] = isLow ? side == OffSide.Tap : _impossible[i] || side != OffSide.Cell;
        }
    }

    /// <summary>True for a value that was read, and is too low for any sound cell.</summary>
    bool IsLow(PackReading reading, int cell) => _impossible[cell] && (reading.CellQualities[cell] is SignalQuality.Good or SignalQuality.Bleeding) && reading.CellVoltageV[cell] < lowestV;

    /// <summary>How far a cell under suspicion is from the median, V; 0 for another, and where nothing was read.</summary>
    double OffV(PackReading reading, int cell) => cell >= 0 && cell < cellCount && _suspect[cell] && double.IsFinite(reading.CellVoltageV[cell]) ? reading.CellVoltageV[cell] - MedianV : 0;

    void Spread(PackReading reading, int from, int direction)
    {
        for (int i = from + direction; i >= 0 && i < cellCount && !_impossible[i]; i += direction)
        {
            if (!(Math.Abs(reading.CellVoltageV[i] - MedianV) > OutOfLineV)) return;
            _suspect[i] = true;
        }
    }
}
