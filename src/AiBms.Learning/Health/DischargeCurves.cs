using AiBms.Telemetry;
using AiBms.Telemetry.Readings;

namespace AiBms.Learning.Health;

/// <summary>Discharge curves of a recording that was cycled: charge given as a function of voltage, one for each discharge from above to below.</summary>
public static class DischargeCurves
{
    const double HighestV = 3.5, LowestV = 2, BeginsFraction = 0.5;
    const int Points = 1000;

    /// <summary>Cycles that a life is read from.</summary>
    static readonly int[] s_cycles = [2, 10, 50, 100];

    /// <summary>Features of the life model from a recording of at least 100 whole discharges.</summary>
    /// <param name="recording">What was measured, from the first cycle on.</param>
    /// <param name="ratedAh">Rated capacity, Ah.</param>
    /// <exception cref="DataException">It holds fewer whole discharges.</exception>
    public static double[] Features(Recording recording, double ratedAh)
    {
        var curves = Find(recording, ratedAh);
        if (curves.Count < s_cycles[^1])
            throw new DataException($"{recording.Name} holds {curves.Count} whole discharges from {HighestV} to {LowestV} V; a life is read from cycles {string.Join(", ", s_cycles)}, so at least {s_cycles[^1]} are needed.");
        double[] voltageV = [.. Enumerable.Range(0, Points).Select(k => HighestV + (LowestV - HighestV) * k / (Points - 1))];
        return SeversonSet.Features(voltageV, curves[s_cycles[0] - 1], curves[s_cycles[1] - 1], curves[s_cycles[2] - 1], curves[s_cycles[3] - 1]);
    }

    static List<double[]> Find(Recording recording, double ratedAh)
    {
        List<double[]> curves = [];
        List<(double VoltageV, double ChargeAh)> points = [];
        double givenAh = 0;
        for (int k = 1; k <= recording.RowCount; k++)
        {
            bool isDischarging = k < recording.RowCount && recording.CurrentA[k] < -0.02 * ratedAh;
            double stepS = k < recording.RowCount ? recording.TimeS[k] - recording.TimeS[k - 1] : 0;
            if (isDischarging && stepS >= 0)
            {
                givenAh -= recording.CurrentA[k] * stepS / 3600;
                // Only what is lower than everything before: a curve has one charge for each voltage.
                if (points.Count == 0 || recording.VoltageV[k] < points[^1].VoltageV) points.Add((recording.VoltageV[k], givenAh));
            }
            else if (k == recording.RowCount || recording.CurrentA[k] > 0.02 * ratedAh)
            {
                if (givenAh > BeginsFraction * ratedAh && points[^1].VoltageV < LowestV + 0.1) curves.Add(Sampled(points));
                (givenAh, points) = (0, []);
            }
        }

        return curves;
    }

    static double[] Sampled(List<(double VoltageV, double ChargeAh)> points)
    {
        double[] curve = new double[Points];
        int at = 0;
        for (int k = 0; k < Points; k++)
        {
            double v = HighestV + (LowestV - HighestV) * k / (Points - 1);
            while (at < points.Count && points[at].VoltageV > v) at++;
            curve[k] = at == 0 ? 0 : at >= points.Count ? points[^1].ChargeAh
                : points[at - 1].ChargeAh + (points[at].ChargeAh - points[at - 1].ChargeAh) * (points[at - 1].VoltageV - v) / (points[at - 1].VoltageV - points[at].VoltageV);
        }

        return curve;
    }
}
