using AiBms.Battery.Cells;

namespace AiBms.Battery.Simulation.Twin;

/// <summary>The curves of a cell over charge, side by side, so that one look-up gives them all.</summary>
/// <remarks>
/// A row a node: OCV, entropic coefficient, half hysteresis, two shapes that hidden changes of the OCV are made of (sine and cosine over
/// one period), and the integrals over charge of the enthalpy and of both shapes. With OCV(z, T) = U(z) + e(z)·(T − T₀) the enthalpy is
/// ∫(U − T₀·e)dz whatever the temperature, so that heat = v·i − dH/dt holds exactly, reversible heat included.
/// </remarks>
sealed class CellCurves
{
    const int Width = 8;
    const double ReferenceK = 298.15;

    readonly double[] _rows;
    readonly int _sections;

    public CellCurves(TheveninParameters circuit)
    {
        int count = circuit.OcvV.Length;
        _sections = count - 1;
        _rows = new double[count * Width];
        double spacing = 1.0 / _sections;
        for (int k = 0; k < count; k++)
        {
            var row = _rows.AsSpan(k * Width, Width);
            double soc = k * spacing;
            (row[0], row[1], row[2]) = (circuit.OcvV[k], At(circuit.EntropicVPerK, soc), At(circuit.HysteresisV, soc));
            (row[3], row[4]) = (Math.Sin(Math.Tau * soc), Math.Cos(Math.Tau * soc));
            if (k == 0) continue;
            var last = _rows.AsSpan((k - 1) * Width, Width);
            row[5] = last[5] + (Enthalpy(last) + Enthalpy(row)) / 2 * spacing;
            row[6] = last[6] + (last[3] + row[3]) / 2 * spacing;
            row[7] = last[7] + (last[4] + row[4]) / 2 * spacing;
        }
    }

    /// <summary>OCV at 25 °C and its slope over charge, entropic coefficient, half hysteresis; hidden changes by their two weights.</summary>
    public (double OcvV, double SlopeV, double EntropicVPerK, double HysteresisV) At(double soc, double sineV, double cosineV)
    {
        int k = Section(soc, out double w);
        var low = _rows.AsSpan(k * Width, 2 * Width);
        double rise = low[Width] - low[0] + sineV * (low[Width + 3] - low[3]) + cosineV * (low[Width + 4] - low[4]);
        double ocvV = low[0] + sineV * low[3] + cosineV * low[4] + rise * w;
        return (ocvV, rise * _sections, low[1] + (low[Width + 1] - low[1]) * w, low[2] + (low[Width + 2] - low[2]) * w);
    }

    /// <summary>Enthalpy for each coulomb of capacity, J/C, with zero at empty; exact for the piecewise linear curves.</summary>
    public double EnthalpyV(double soc, double sineV, double cosineV)
    {
        int k = Section(soc, out double w);
        var low = _rows.AsSpan(k * Width, 2 * Width);
        double start = Enthalpy(low) + sineV * low[3] + cosineV * low[4];
        double end = Enthalpy(low[Width..]) + sineV * low[Width + 3] + cosineV * low[Width + 4];
        return low[5] + sineV * low[6] + cosineV * low[7] + (start + (end - start) * w / 2) * w / _sections;
    }

    static double Enthalpy(ReadOnlySpan<double> row) => row[0] - ReferenceK * row[1];

    int Section(double soc, out double w)
    {
        double place = soc * _sections;
        int k = place > 0 ? Math.Min((int)place, _sections - 1) : 0;
        w = place - k;
        return k;
    }

    static double At(double[]? table, double soc)
    {
        if (table is null || table.Length == 0) return 0;
        if (table.Length == 1) return table[0];
        double place = soc * (table.Length - 1);
        int k = Math.Min((int)place, table.Length - 2);
        return table[k] + (table[k + 1] - table[k]) * (place - k);
    }
}
