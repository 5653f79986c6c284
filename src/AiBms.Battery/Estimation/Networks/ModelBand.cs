namespace AiBms.Battery.Estimation.Networks;

/// <summary>Factor on the half width of a model's 90 % band over temperature and state of charge, from whole recordings held out of training (split conformal).</summary>
/// <remarks>
/// Tables are held at their ends and linear between. Sources: Vovk, Gammerman, Shafer, "Algorithmic learning in a random world" (2005),
/// chapter 4; Lei et al. (2018), doi 10.1080/01621459.2017.1307116.
/// </remarks>
public sealed record ModelBand
{
    /// <summary>Temperatures, °C, rising.</summary>
    public required double[] TemperatureDegC { get; init; }

    /// <summary>States of charge, 0…1, rising; null where the factor is one for all.</summary>
    public double[]? Soc { get; init; }

    /// <summary>Factor at each temperature; with states of charge a row of them for each temperature, one after the other.</summary>
    public required double[] WidthFactor { get; init; }

    /// <summary>Added to the deviation by squares at each temperature, of the output's unit; null for none.</summary>
    public double[]? FloorDeviation { get; init; }

    /// <summary>Rate at which the band widens or narrows by what rests show, a pure number; null for a band that stays. See <see cref="AdaptiveWidth"/>.</summary>
    public double? AdaptationRate { get; init; }

    /// <summary>Factor at a temperature and state of charge.</summary>
    public double FactorAt(double temperatureDegC, double soc)
    {
        var (row, above) = Place(TemperatureDegC, temperatureDegC);
        if (Soc is null) return Between(WidthFactor, row, 1, above);
        var (column, right) = Place(Soc, soc);
        int width = Soc.Length;
        double low = Between(WidthFactor, row * width + column, width, above);
        return right > 0 ? low + (Between(WidthFactor, row * width + column + 1, width, above) - low) * right : low;
    }

    /// <summary>Deviation to add by squares at a temperature.</summary>
    public double FloorDeviationAt(double temperatureDegC)
    {
        if (FloorDeviation is null) return 0;
        var (row, above) = Place(TemperatureDegC, temperatureDegC);
        return Between(FloorDeviation, row, 1, above);
    }

    /// <summary>What is wrong with it in words; null when it can be used.</summary>
    public string? Fault()
    {
        if (TemperatureDegC.Length == 0 || !IsRising(TemperatureDegC) || (Soc is not null && (Soc.Length == 0 || !IsRising(Soc)))) return "temperatures and states of charge of the band rise";
        if (WidthFactor.Length != TemperatureDegC.Length * (Soc?.Length ?? 1) || (FloorDeviation is not null && FloorDeviation.Length != TemperatureDegC.Length)) return "the band's tables do not fit its temperatures";
        return WidthFactor.All(factor => factor > 0 && double.IsFinite(factor)) ? null : "a factor of the band is not above 0";
    }

    static bool IsRising(double[] places)
    {
        for (int k = 1; k < places.Length; k++)
            if (!(places[k] > places[k - 1])) return false;
        return true;
    }

    static (int At, double Share) Place(double[] places, double value)
    {
        int last = places.Length - 1;
        if (!(value > places[0])) return (0, 0);
        if (value >= places[last]) return (last, 0);
        int k = 0;
        while (value >= places[k + 1]) k++;
        return (k, (value - places[k]) / (places[k + 1] - places[k]));
    }

    static double Between(double[] table, int at, int stride, double share) => share > 0 ? table[at] + (table[at + stride] - table[at]) * share : table[at];
}
