using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Electrochemistry.Transport;

/// <summary>Finite volumes through the cell, from the negative collector (x = 0) to the positive one.</summary>
public sealed class CellMesh
{
    /// <summary>Logarithms and slopes are not taken below this concentration: the electrolyte is empty there.</summary>
    public const double LeastMolPerM3 = 1e-3;

    /// <summary>Even cells in each layer.</summary>
    public CellMesh(ParameterSet set, int negativeCells, int separatorCells, int positiveCells)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(negativeCells, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(separatorCells, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(positiveCells, 2);
        (NegativeCells, SeparatorCells, PositiveCells) = (negativeCells, separatorCells, positiveCells);
        int n = Count;
        (WidthM, CentreM, PorosityFraction, TransportFraction) = (new double[n], new double[n], new double[n], new double[n]);
        double x = 0;
        for (int i = 0; i < n; i++)
        {
            (double thickness, int cells, double porosity, double transport) = i < negativeCells
                ? (set.Negative.ThicknessM, negativeCells, set.Negative.PorosityFraction, set.Negative.TransportFraction)
                : i < FirstPositive
                    ? (set.Separator.ThicknessM, separatorCells, set.Separator.PorosityFraction, set.Separator.TransportFraction)
                    : (set.Positive.ThicknessM, positiveCells, set.Positive.PorosityFraction, set.Positive.TransportFraction);
            WidthM[i] = thickness / cells;
            CentreM[i] = x + WidthM[i] / 2;
            x += WidthM[i];
            (PorosityFraction[i], TransportFraction[i]) = (porosity, transport);
        }
    }

    /// <summary>Cells of the negative electrode.</summary>
    public int NegativeCells { get; }

    /// <summary>Cells of the separator.</summary>
    public int SeparatorCells { get; }

    /// <summary>Cells of the positive electrode.</summary>
    public int PositiveCells { get; }

    /// <summary>All cells.</summary>
    public int Count => NegativeCells + SeparatorCells + PositiveCells;

    /// <summary>Index of the first cell of the positive electrode.</summary>
    public int FirstPositive => NegativeCells + SeparatorCells;

    /// <summary>Width of each cell, m.</summary>
    public double[] WidthM { get; }

    /// <summary>Centre of each cell, m.</summary>
    public double[] CentreM { get; }

    /// <summary>Electrolyte volume fraction of each cell.</summary>
    public double[] PorosityFraction { get; }

    /// <summary>Effective over bulk electrolyte transport of each cell.</summary>
    public double[] TransportFraction { get; }

    /// <summary>A cell's pores are never taken as narrower than this share of their first width: past it there is no model.</summary>
    const double LeastPoreFraction = 0.02;

    double[]? _newPorosity, _newTransport;

    /// <summary>Fills a share of a cell's volume with solid; transport follows the pores by the layer's own exponent.</summary>
    /// <returns>What the salt concentration grows by when the share was another before.</returns>
    internal double Narrow(int cell, (double Before, double Now) filledFraction)
    {
        _newPorosity ??= [.. PorosityFraction];
        _newTransport ??= [.. TransportFraction];
        double first = _newPorosity[cell], least = LeastPoreFraction * first;
        double before = Math.Max(first - filledFraction.Before, least), now = Math.Max(first - filledFraction.Now, least);
        if (now == PorosityFraction[cell]) return before / now;
        PorosityFraction[cell] = now;
        double exponent = first < 1 ? Math.Log(_newTransport[cell]) / Math.Log(first) : 1.5;
        TransportFraction[cell] = _newTransport[cell] * Math.Pow(now / first, exponent);
        return before / now;
    }
}
