namespace AiBms.Learning.Health;

/// <summary>Features of one recorded charge, whole or partial: charge taken in windows of voltage (dQ/dV in coarse steps) and over the first half of constant voltage.</summary>
/// <remarks>
/// A window counts only when the voltage enters it from below and leaves it above during the charge; otherwise it is NaN. For cells charged to 4.2 V.
/// Each row uses earlier samples alone, so the features of a charge cut short are those of its windows that had been left.
/// Source of the idea: Dubarry, Svoboda, Hwu, Liaw, "Incremental capacity analysis", Electrochem. Solid-State Lett. 9 (2006), doi 10.1149/1.2221767.
/// </remarks>
public static class ChargeWindows
{
    /// <summary>Edges of the windows, V.</summary>
    static readonly double[] s_edgesV = [3.8, 3.9, 3.95, 4.0, 4.05, 4.1, 4.15, 4.19];

    /// <summary>Above this voltage a falling current is constant voltage.</summary>
    const double ConstantVoltageV = 4.15;

    /// <summary>Windows that must be known before an estimate is worth anything.</summary>
    public const int FewestWindows = 3;

    /// <summary>Names of the features, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Enumerable.Range(0, s_edgesV.Length - 1).Select(k => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"charge from {s_edgesV[k]:0.00} to {s_edgesV[k + 1]:0.00} V / rated")),
        "charge from constant current to half / rated", "time from constant current to half / h", Current, "mean temperature / °C",
    ];

    const string Current = "current / rated per h";

    /// <summary>All but the charging current.</summary>
    public static bool IsNoCurrent(string name) => name != Current;

    /// <summary>How many windows of voltage a row knows.</summary>
    public static int KnownWindows(ReadOnlySpan<double> rowFeatures)
    {
        int known = 0;
        for (int k = 0; k < s_edgesV.Length - 1; k++)
            if (double.IsFinite(rowFeatures[k])) known++;
        return known;
    }

    /// <summary>Features of a charge.</summary>
    /// <param name="timeS">Time of each row, s, rising.</param>
    /// <param name="currentA">Current, A, positive while charging.</param>
    /// <param name="voltageV">Voltage of one cell, V.</param>
    /// <param name="temperatureDegC">Case temperature, °C; NaN where not known.</param>
    /// <param name="ratedAh">Rated capacity, Ah.</param>
    public static double[] Of(ReadOnlySpan<double> timeS, ReadOnlySpan<double> currentA, ReadOnlySpan<double> voltageV, ReadOnlySpan<double> temperatureDegC, double ratedAh)
    {
        double[] row = new double[Names.Count];
        Array.Fill(row, double.NaN);
        int windows = s_edgesV.Length - 1;
        double[] crossedAh = new double[s_edgesV.Length];
        Array.Fill(crossedAh, double.NaN);
        double chargeAh = 0, highestV = double.NaN, currentSum = 0, temperatureSum = 0, knee = double.NaN, kneeAh = double.NaN;
        int charging = 0, warm = 0, last = -1;
        for (int k = 0; k < timeS.Length; k++)
        {
            if (!double.IsFinite(timeS[k]) || !double.IsFinite(currentA[k]) || !double.IsFinite(voltageV[k])) continue;
            double beforeAh = chargeAh;
            if (last >= 0) chargeAh += 0.5 * (currentA[k] + currentA[last]) * (timeS[k] - timeS[last]) / 3600;
            bool isCharging = currentA[k] > 0.05 * ratedAh;
            if (isCharging)
            {
                for (int edge = 0; edge < s_edgesV.Length && double.IsFinite(highestV); edge++)
                    if (highestV < s_edgesV[edge] && voltageV[k] >= s_edgesV[edge])
                        crossedAh[edge] = beforeAh + (chargeAh - beforeAh) * Math.Clamp((s_edgesV[edge] - highestV) / (voltageV[k] - highestV), 0, 1);
                highestV = double.IsNaN(highestV) ? voltageV[k] : Math.Max(highestV, voltageV[k]);
                if (double.IsFinite(temperatureDegC[k])) (temperatureSum, warm) = (temperatureSum + temperatureDegC[k], warm + 1);
                if (charging == 0 || currentA[k] > 0.95 * currentSum / charging) (currentSum, charging) = (currentSum + currentA[k], charging + 1);
                double mean = currentSum / charging;
                if (double.IsNaN(knee) && voltageV[k] >= ConstantVoltageV && currentA[k] < 0.95 * mean) (knee, kneeAh) = (timeS[k], chargeAh);
                if (double.IsFinite(knee) && double.IsNaN(row[windows]) && currentA[k] <= 0.5 * mean) (row[windows], row[windows + 1]) = ((chargeAh - kneeAh) / ratedAh, (timeS[k] - knee) / 3600);
            }

            last = k;
        }

        for (int k = 0; k < windows; k++) row[k] = (crossedAh[k + 1] - crossedAh[k]) / ratedAh;
        if (charging > 0) row[windows + 2] = currentSum / charging / ratedAh;
        if (warm > 0) row[windows + 3] = temperatureSum / warm;
        return row;
    }
}
