using AiBms.Battery.Cells;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>OCV and its slope on a fine even grid: what thousands of look-ups a second read.</summary>
sealed class OcvTable
{
    const int Sections = 512;

    /// <summary>The slope is taken across this much SOC to either side, so that a corner of the curve does not make a filter sure of itself.</summary>
    const double Reach = 0.01;

    readonly double[] _ocvV = new double[Sections + 1], _slopeV = new double[Sections + 1];

    public OcvTable(Circuit<double> circuit)
    {
        for (int k = 0; k <= Sections; k++)
        {
            double soc = (double)k / Sections;
            _ocvV[k] = circuit.Ocv(soc, 25);
            _slopeV[k] = (circuit.Ocv(soc + Reach, 25) - circuit.Ocv(soc - Reach, 25)) / (2 * Reach);
        }
    }

    /// <summary>OCV at 25 °C, V, and its slope, V for a change of SOC by 1. Beyond empty and full the curve goes on straight.</summary>
    public (double OcvV, double SlopeV) Read(double soc)
    {
        double place = soc * Sections;
        int k = place > 0 ? place < Sections ? (int)place : Sections - 1 : 0;
        double w = place - k, low = _ocvV[k];
        return (low + (_ocvV[k + 1] - low) * w, _slopeV[k]);
    }
}
