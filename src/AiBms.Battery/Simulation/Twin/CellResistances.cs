using AiBms.Battery.Cells;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>Resistances, time constants and knees of a cell over temperature and charge; held at the tables' ends.</summary>
sealed class CellResistances
{
    readonly double[] _resistanceOhm, _timeConstantS, _kneeA;
    readonly double _firstDegC, _perK;
    readonly int _temperatures, _socs, _width;

    public CellResistances(TheveninParameters circuit)
    {
        (_temperatures, _socs, _width) = (circuit.TemperatureDegC.Length, circuit.Soc.Length, 1 + circuit.Pairs.Length);
        (_firstDegC, _perK) = (circuit.TemperatureDegC[0], 1 / (circuit.TemperatureDegC[1] - circuit.TemperatureDegC[0]));
        PairCount = circuit.Pairs.Length;
        HasKnee = [.. circuit.Pairs.Select(pair => pair.KneeCurrentA is not null)];
        _resistanceOhm = new double[_temperatures * _socs * _width];
        (_timeConstantS, _kneeA) = (new double[_temperatures * PairCount], new double[_temperatures * PairCount]);
        for (int t = 0; t < _temperatures; t++)
        {
            for (int s = 0; s < _socs; s++)
            {
                var row = _resistanceOhm.AsSpan((t * _socs + s) * _width, _width);
                row[0] = circuit.SeriesResistanceOhm[t][s];
                for (int j = 0; j < PairCount; j++) row[1 + j] = circuit.Pairs[j].ResistanceOhm[t][s];
            }

            for (int j = 0; j < PairCount; j++)
                (_timeConstantS[t * PairCount + j], _kneeA[t * PairCount + j]) = (circuit.Pairs[j].TimeConstantS[t], circuit.Pairs[j].KneeCurrentA?[t] ?? 0);
        }
    }

    public int PairCount { get; }

    public bool[] HasKnee { get; }

    /// <summary>Series resistance, then that of each pair, Ω.</summary>
    /// <param name="soc">State of charge.</param>
    /// <param name="temperatureDegC">Temperature, °C.</param>
    /// <param name="resistanceOhm">Filled; length 1 + pairs.</param>
    /// <param name="timeConstantS">Filled; length pairs.</param>
    /// <param name="kneeA">Filled; length pairs; 0 without knee.</param>
    public void At(double soc, double temperatureDegC, Span<double> resistanceOhm, Span<double> timeConstantS, Span<double> kneeA)
    {
        int t = Section((temperatureDegC - _firstDegC) * _perK, _temperatures, out double wt);
        int s = Section(soc * (_socs - 1), _socs, out double ws);
        var cold = _resistanceOhm.AsSpan((t * _socs + s) * _width, 2 * _width);
        var warm = _resistanceOhm.AsSpan(((t + 1) * _socs + s) * _width, 2 * _width);
        for (int e = 0; e < resistanceOhm.Length; e++)
        {
            double low = cold[e] + (cold[e + _width] - cold[e]) * ws;
            double high = warm[e] + (warm[e + _width] - warm[e]) * ws;
            resistanceOhm[e] = low + (high - low) * wt;
        }

        for (int j = 0; j < timeConstantS.Length; j++)
        {
            int low = t * PairCount + j, high = low + PairCount;
            timeConstantS[j] = _timeConstantS[low] + (_timeConstantS[high] - _timeConstantS[low]) * wt;
            kneeA[j] = _kneeA[low] + (_kneeA[high] - _kneeA[low]) * wt;
        }
    }

    static int Section(double place, int count, out double weight)
    {
        place = place > 0 ? Math.Min(place, count - 1) : 0;
        int k = Math.Min((int)place, count - 2);
        weight = place - k;
        return k;
    }
}
