using AiBms.Telemetry.Readings;

namespace AiBms.Agent.Ports;

/// <summary>The capacity that a record's own SOC and current agree on.</summary>
public static class RecordedCapacity
{
    const double LongestStepS = 60;
    const int LeastRows = 50;

    /// <summary>Ah for a change of 1 in the record's SOC, by least squares over its stretches; NaN where the record has no SOC or hardly moves.</summary>
    /// <remarks>The record's SOC is its maker's: this is a reference for counting, not a state of health.</remarks>
    public static double FindAh(Recording recording)
    {
        if (recording.ReferenceSoc is not { } soc) return double.NaN;
        double chargeAh = 0, square = 0, product = 0, sumAh = 0, sumSoc = 0, squareAh = 0, productAh = 0;
        int rows = 0;
        for (int k = 0; k <= recording.RowCount; k++)
        {
            double stepS = k == 0 || k == recording.RowCount ? double.NaN : recording.TimeS[k] - recording.TimeS[k - 1];
            if (!(stepS >= 0 && stepS < LongestStepS))
            {
                // About the stretch's own mean: the integral begins anew in each.
                if (rows > LeastRows) (square, product) = (square + squareAh - sumAh * sumAh / rows, product + productAh - sumAh * sumSoc / rows);
                (chargeAh, sumAh, sumSoc, squareAh, productAh, rows) = (0, 0, 0, 0, 0, 0);
            }

            if (k == recording.RowCount) break;
            double currentA = recording.CurrentA[k];
            if (Math.Abs(currentA) <= RecordedDesign.MostA && rows > 0) chargeAh += currentA * stepS / 3600;
            if (!double.IsFinite(soc[k])) continue;
            rows++;
            (sumAh, sumSoc) = (sumAh + chargeAh, sumSoc + soc[k]);
            (squareAh, productAh) = (squareAh + chargeAh * chargeAh, productAh + chargeAh * soc[k]);
        }

        double capacityAh = square / product;
        return capacityAh > 0 && double.IsFinite(capacityAh) ? capacityAh : double.NaN;
    }
}
