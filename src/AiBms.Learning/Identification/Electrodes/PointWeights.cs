namespace AiBms.Learning.Identification.Electrodes;

/// <summary>How much the voltages of a curve say: less where it is steep, because there an error of the counted charge, or of the moment the load changed, is an error of the voltage.</summary>
/// <remarks>The effective variance of errors in both axes: Orear, Am. J. Phys. 50 (1982) 912, doi:10.1119/1.12972.</remarks>
static class PointWeights
{
    /// <summary>Expected error of the charge, as a fraction of the capacity, and of the voltage, V.</summary>
    const double ChargeFraction = 0.005, VoltageV = 0.005;

    /// <summary>Weight of each point, 0…1; the flatter side of a point counts, so that a step of the load takes nothing from the points beside it.</summary>
    /// <param name="voltageV">Measured, V.</param>
    /// <param name="chargeAh">Counted, Ah.</param>
    /// <param name="capacityAh">Of the cell, Ah.</param>
    /// <param name="timeS">Times, s; none where points are not of one time.</param>
    /// <param name="shiftS">By how much the load before a point may have been earlier or later, s.</param>
    public static double[] Of(double[] voltageV, double[] chargeAh, double capacityAh, double[]? timeS = null, double[]? shiftS = null)
    {
        double Rate(int k) => Math.Abs(voltageV[k + 1] - voltageV[k]) / (timeS![k + 1] - timeS[k]);
        double Moved(int k) => shiftS is null || shiftS[k] == 0 ? 0
            : shiftS[k] * Math.Min(k > 0 ? Rate(k - 1) : double.PositiveInfinity, k < voltageV.Length - 1 ? Rate(k) : double.PositiveInfinity) / VoltageV;
        double Slope(int k)
        {
            double chargeStep = Math.Abs(chargeAh[k + 1] - chargeAh[k]), voltageStep = Math.Abs(voltageV[k + 1] - voltageV[k]);
            // At rest nothing is counted.
            return chargeStep < 1e-7 * capacityAh ? 0 : voltageStep / chargeStep;
        }

        int n = voltageV.Length;
        return [.. Enumerable.Range(0, n).Select(k =>
        {
            double slope = Math.Min(k > 0 ? Slope(k - 1) : double.PositiveInfinity, k < n - 1 ? Slope(k) : double.PositiveInfinity) * ChargeFraction * capacityAh / VoltageV;
            double moved = Moved(k);
            return 1 / Math.Sqrt(1 + slope * slope + moved * moved);
        })];
    }
}
