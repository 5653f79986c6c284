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
    const double Width = 0.04, LeastSpan = 0.4;

    readonly double[] _slopeV = new double[Bins];

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

    /// <summary>Makes the curve.</summary>
    /// <param name="recording">The record.</param>
    /// <param name="medianV">Median cell voltage of each row, V; NaN where unknown.</param>
    /// <param name="cell">The cell type that stands in.</param>
    /// <param name="capacityAh">Capacity of a parallel group, Ah: rows below C/20 count as rest.</param>
    public static RestCurve Of(Recording recording, ReadOnlySpan<double> medianV, CellType cell, double capacityAh)
    {
        double[] voltageV = new double[Bins];
        List<double>[] found = [.. Enumerable.Range(0, Bins).Select(_ => new List<double>())];
        double[]? soc = recording.ReferenceSoc;
        for (int k = 0; soc is not null && k < medianV.Length; k++)
        {
            bool isRest = Math.Abs(recording.CurrentA[k]) < capacityAh / 20 && double.IsFinite(medianV[k]) && soc[k] is >= 0 and <= 1;
            if (isRest) found[Math.Min(Bins - 1, (int)(soc[k] / Width))].Add(medianV[k]);
        }

        int first = Array.FindIndex(found, bin => bin.Count >= LeastRows), last = Array.FindLastIndex(found, bin => bin.Count >= LeastRows);
        bool isOfRecord = first >= 0 && (last - first) * Width >= LeastSpan;
        var curve = new RestCurve(isOfRecord) { Soc = isOfRecord ? soc : null };
        var circuit = TheveninModel.Of<double>(cell);
        for (int k = 0; k < Bins; k++)
        {
            double middle = (k + 0.5) * Width;
            voltageV[k] = isOfRecord && found[k].Count >= LeastRows ? Middle(found[k]) : double.NaN;
            if (!isOfRecord) voltageV[k] = circuit.Ocv(middle, 25);
        }

        if (!isOfRecord) (first, last) = (0, Bins - 1);
        Bridge(voltageV, first, last);
        for (int k = 0; k < Bins; k++)
        {
            int low = Math.Clamp(k - 1, first, last - 1), high = Math.Clamp(k + 1, low + 1, last);
            curve._slopeV[k] = Math.Max(0.05, (voltageV[high] - voltageV[low]) / ((high - low) * Width));
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
