namespace AiBms.Battery.Estimation.Networks;

/// <summary>Factor on the half width of a model's 90 % band over temperature, from whole recordings held out of training (split conformal).</summary>
/// <remarks>Source: Vovk, Gammerman, Shafer, "Algorithmic learning in a random world" (2005), chapter 4; Lei et al. (2018), doi 10.1080/01621459.2017.1307116.</remarks>
public sealed record ModelBand
{
    /// <summary>Temperatures, °C, rising; held at the ends, linear between.</summary>
    public required double[] TemperatureDegC { get; init; }

    /// <summary>Factor at each.</summary>
    public required double[] WidthFactor { get; init; }

    /// <summary>Added to the deviation by squares at each, of the output's unit; null for none.</summary>
    public double[]? FloorDeviation { get; init; }

    /// <summary>Factor at a temperature.</summary>
    public double FactorAt(double temperatureDegC) => At(WidthFactor, temperatureDegC);

    /// <summary>Deviation to add by squares at a temperature.</summary>
    public double FloorDeviationAt(double temperatureDegC) => FloorDeviation is null ? 0 : At(FloorDeviation, temperatureDegC);

    double At(double[] table, double temperatureDegC)
    {
        int last = TemperatureDegC.Length - 1;
        if (!(temperatureDegC > TemperatureDegC[0])) return table[0];
        if (temperatureDegC >= TemperatureDegC[last]) return table[last];
        int k = 0;
        while (temperatureDegC >= TemperatureDegC[k + 1]) k++;
        double share = (temperatureDegC - TemperatureDegC[k]) / (TemperatureDegC[k + 1] - TemperatureDegC[k]);
        return table[k] + (table[k + 1] - table[k]) * share;
    }
}
