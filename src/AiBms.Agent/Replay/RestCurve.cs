using AiBms.Agent.Ports;
using AiBms.Battery.Cells;
using AiBms.Telemetry.Readings;

namespace AiBms.Agent.Replay;

/// <summary>How steeply the cells' voltage rises with state of charge, read off the record where it can be, else off the cell type.</summary>
/// <remarks>
/// A cell with less charge is low by (difference of SOC)·(slope), a wrong tap by the same everywhere: the slope is what tells them apart,
/// so it must be that of these cells. Median cell voltage of rows with little current, over the record's own SOC, in steps of 4 %.
/// </remarks>
public sealed class RestCurve
{
    const int Bins = 26, LeastRows = 30;
    const double Width = 0.04, LeastSpan = 0.4, LeastSlopeV = 0.05;

    readonly double[] _slopeV = new double[Bins], _voltageV = new double[Bins];
    int _first, _last;

    RestCurve(bool isOfRecord) => IsOfRecord = isOfRecord;

    /// <summary>True where the curve is that of the record.</summary>
    public bool IsOfRecord { get; }

    /// <summary>The record's own SOC stands for x where the curve is its own; null where it is not.</summary>
    public double[]? Soc { get; private init; }

    /// <summary>Slope at a state of charge, V for a change of 1.</summary>
    public double SlopeV(double soc)
    {
        double place = Math.Clamp(soc / Width - 0.5, 0, Bins - 1.001);
        int k = (int)place;
        return _slopeV[k] + (_slopeV[k + 1] - _slopeV[k]) * (place - k);
    }

    /// <summary>The OCV of a cell of this curve: what the record shows, and beyond it the curve of the cell that stands in, moved to where it leaves off.</summary>
    /// <param name="cell">The cell type that stands in, with a circuit.</param>
    /// <returns>OCV at 25 °C at as many evenly spaced states of charge as the cell's, V, strictly rising.</returns>
    public double[] OcvV(CellType cell)
    {
        var circuit = TheveninModel.Of<double>(cell);
        double[] found = new double[cell.Circuit!.OcvNodeCount];
        double low = Middle(_first), high = Middle(_last);
        for (int k = 0; k < found.Length; k++)
        {
            double soc = (double)k / (found.Length - 1), inside = Math.Clamp(soc, low, high), place = Math.Clamp(inside / Width - 0.5, 0, Bins - 1.001);
            int bin = Math.Clamp((int)place, _first, _last - 1);
            found[k] = _voltageV[bin] + (_voltageV[bin + 1] - _voltageV[bin]) * (place - bin) + circuit.Ocv(soc, 25) - circuit.Ocv(inside, 25);

            // Rows near rest scatter by millivolts; an OCV never falls.
            if (k > 0) found[k] = Math.Max(found[k], found[k - 1] + LeastSlopeV / found.Length);
        }

        return found;
    }

    static double Middle(int bin) => (bin + 0.5) * Width;

    /// <summary>Median of the cell voltages of every row, V; NaN where there is none.</summary>
    internal static double[] RowMedians(double[][] cellsV, int rows)
    {
        double[] medians = new double[rows], sorted = new double[cellsV.Length];
        for (int k = 0; k < rows; k++)
        {
            int count = 0;
            foreach (double[] cell in cellsV)
                if (double.IsFinite(cell[k])) sorted[count++] = cell[k];
            sorted.AsSpan(0, count).Sort();
            medians[k] = count == 0 ? double.NaN : 0.5 * (sorted[count / 2] + sorted[(count - 1) / 2]);
        }

        return medians;
    }

    /// <summary>Makes the curve.</summary>
    /// <param name="recording">The record.</param>
    /// <param name="medianV">Median cell voltage of each row, V; NaN where unknown.</param>
    /// <param name="cell">The cell type that stands in.</param>
    /// <param name="capacityAh">Capacity of a parallel group, Ah: rows below C/20 count as rest.</param>
    public static RestCurve Of(Recording recording, ReadOnlySpan<double> medianV, CellType cell, double capacityAh)
    {
        List<double>[] found = [.. Enumerable.Range(0, Bins).Select(_ => new List<double>())];
        double[]? soc = recording.ReferenceSoc;
        for (int k = 0; soc is not null && k < medianV.Length; k++)
        {
            bool isRest = Math.Abs(recording.CurrentA[k]) < capacityAh / 20 && double.IsFinite(medianV[k]) && soc[k] is >= 0 and <= 1;
            if (isRest) found[Math.Min(Bins - 1, (int)(soc[k] / Width))].Add(medianV[k]);
        }

        int first = Array.FindIndex(found, bin => bin.Count >= LeastRows), last = Array.FindLastIndex(found, bin => bin.Count >= LeastRows);
        bool isOfRecord = first >= 0 && (last - first) * Width >= LeastSpan;
        if (!isOfRecord) (first, last) = (0, Bins - 1);
        var curve = new RestCurve(isOfRecord) { Soc = isOfRecord ? soc : null, _first = first, _last = last };
        double[] voltageV = curve._voltageV;
        var circuit = TheveninModel.Of<double>(cell);
        for (int k = 0; k < Bins; k++)
        {
            double middle = Middle(k);
            voltageV[k] = isOfRecord && found[k].Count >= LeastRows ? Middle(found[k]) : double.NaN;
            if (!isOfRecord) voltageV[k] = circuit.Ocv(middle, 25);
        }

        Bridge(voltageV, first, last);
        for (int k = 0; k < Bins; k++)
        {
            int low = Math.Clamp(k - 1, first, last - 1), high = Math.Clamp(k + 1, low + 1, last);
            curve._slopeV[k] = Math.Max(LeastSlopeV, (voltageV[high] - voltageV[low]) / ((high - low) * Width));
        }

        return curve;
    }

    /// <summary>Fills bins with too few rows between their neighbours in a straight line.</summary>
    static void Bridge(double[] voltageV, int first, int last)
    {
        int from = first;
        for (int k = first + 1; k <= last; k++)
        {
            if (double.IsNaN(voltageV[k])) continue;
            for (int j = from + 1; j < k; j++) voltageV[j] = voltageV[from] + (voltageV[k] - voltageV[from]) * (j - from) / (k - from);
            from = k;
        }
    }

    static double Middle(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
