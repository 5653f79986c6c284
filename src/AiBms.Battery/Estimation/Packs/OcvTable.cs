using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>OCV and its slope on a fine even grid: what thousands of look-ups a second read.</summary>
sealed class OcvTable
{
    const int Sections = 512;

    /// <summary>The slope is taken across this much SOC to either side, so that a corner of the curve does not make a filter sure of itself.</summary>
    const double Reach = 0.01;

    /// <summary>Numbers of a section: OCV at its beginning, its rise, its slope, and one to make it half a cache line.</summary>
    const int Width = 4;

    readonly double[] _sections = new double[Sections * Width];

    public OcvTable(Circuit<double> circuit)
    {
        for (int k = 0; k < Sections; k++)
        {
            double soc = (double)k / Sections, ocvV = circuit.Ocv(soc, 25);
            _sections[k * Width] = ocvV;
            _sections[k * Width + 1] = circuit.Ocv((k + 1.0) / Sections, 25) - ocvV;
            _sections[k * Width + 2] = (circuit.Ocv(soc + Reach, 25) - circuit.Ocv(soc - Reach, 25)) / (2 * Reach);
        }
    }

    /// <summary>OCV at 25 °C, V. Beyond empty and full the curve goes on straight.</summary>
    public double OcvV(double soc)
    {
        double place = soc * Sections;
        int k = Section(place);
        return _sections[k * Width] + _sections[k * Width + 1] * (place - k);
    }

    /// <summary>OCV of many cells about that of the mean cell, V, and its slope, V for a change of SOC by 1.</summary>
    /// <param name="meanSoc">SOC of the mean cell.</param>
    /// <param name="differences">SOC of each cell about that.</param>
    /// <param name="ocvV">Filled, as long.</param>
    /// <param name="slopeV">Filled, as long.</param>
    public void Read(double meanSoc, ReadOnlySpan<double> differences, Span<double> ocvV, Span<double> slopeV)
    {
        double meanV = OcvV(meanSoc);
        ocvV = ocvV[..differences.Length];
        slopeV = slopeV[..differences.Length];
        ref double first = ref MemoryMarshal.GetArrayDataReference(_sections);
        for (int i = 0; i < differences.Length; i++)
        {
            double place = (meanSoc + differences[i]) * Sections;
            int k = Section(place);
            ref double section = ref Unsafe.Add(ref first, k * Width);
            ocvV[i] = section + Unsafe.Add(ref section, 1) * (place - k) - meanV;
            slopeV[i] = Unsafe.Add(ref section, 2);
        }
    }

    /// <summary>From 0 to the last, whatever the place: not a number is the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Section(double place) => (int)Math.Min(place > 0 ? place : 0, Sections - 1);
}
