namespace AiBms.Battery.Thermal.Fluids;

/// <summary>Heat transfer and friction of forced flow in a passage, by regime. Numbers without unit; walls at one temperature.</summary>
/// <remarks>
/// Laminar up to Re 2300, turbulent from 4000, between them linear in Re (Gnielinski, Int. J. Heat Mass Transfer 63 (2013) 134,
/// doi 10.1016/j.ijheatmasstransfer.2013.04.015). Dielectric oils in narrow gaps stay laminar: Re is about ten; the thermal entrance
/// counts, because Pr is in the hundreds. Water and glycol in a cold plate reach the transition.
/// Laminar, developed velocity, thermal entrance: gap and tube after VDI Heat Atlas, chapters G2 and G1, mean over the length.
/// Turbulent: Gnielinski, Int. Chem. Eng. 16 (1976) 359, with Konakov's friction factor (as in his 2013 paper) and the entrance factor 1 + (d/l)^⅔.
/// </remarks>
public static class DuctFlow
{
    /// <summary>Reynolds number up to which flow is taken as laminar.</summary>
    public const double LaminarReynolds = 2300;

    /// <summary>Reynolds number from which flow is taken as turbulent.</summary>
    public const double TurbulentReynolds = 4000;

    /// <summary>Mean Nusselt number with the hydraulic diameter. At rest what is left is conduction: the developed laminar value.</summary>
    /// <param name="shape">Cross-section.</param>
    /// <param name="reynolds">Reynolds number, ≥ 0.</param>
    /// <param name="prandtl">Prandtl number, &gt; 0.</param>
    /// <param name="diameterRatio">Hydraulic diameter over heated length.</param>
    public static double Nusselt(DuctShape shape, double reynolds, double prandtl, double diameterRatio)
    {
        if (reynolds <= LaminarReynolds) return Laminar(shape, reynolds, prandtl, diameterRatio);
        if (reynolds >= TurbulentReynolds) return Turbulent(reynolds, prandtl, diameterRatio);
        double weight = (reynolds - LaminarReynolds) / (TurbulentReynolds - LaminarReynolds);
        return (1 - weight) * Laminar(shape, LaminarReynolds, prandtl, diameterRatio) + weight * Turbulent(TurbulentReynolds, prandtl, diameterRatio);
    }

    /// <summary>Darcy friction factor: pressure lost over a length of one hydraulic diameter, in units of ½ρv².</summary>
    /// <remarks>Laminar 96/Re (gap) and 64/Re (tube), exact for developed flow; turbulent after Konakov, smooth wall.</remarks>
    public static double Friction(DuctShape shape, double reynolds)
    {
        double laminarNumber = shape == DuctShape.Gap ? 96 : 64;
        if (reynolds <= LaminarReynolds) return laminarNumber / Math.Max(reynolds, 1e-9);
        if (reynolds >= TurbulentReynolds) return Konakov(reynolds);
        double weight = (reynolds - LaminarReynolds) / (TurbulentReynolds - LaminarReynolds);
        return (1 - weight) * laminarNumber / LaminarReynolds + weight * Konakov(TurbulentReynolds);
    }

    static double Laminar(DuctShape shape, double reynolds, double prandtl, double diameterRatio)
    {
        double entrance = reynolds * prandtl * diameterRatio;
        (double developed, double entry) = shape == DuctShape.Gap ? (7.541, 1.841) : (3.66, 1.615);
        double developedCube = developed * developed * developed, entryCube = entry * entry * entry * entrance;
        // The tube's own constant of 0.7 belongs to it alone: (3.66³ + 0.7³ + (1.615·Gz^⅓ − 0.7)³)^⅓.
        if (shape == DuctShape.Tube)
        {
            double rest = entry * Math.Cbrt(entrance) - 0.7;
            (developedCube, entryCube) = (developedCube + 0.343, rest * rest * rest);
        }

        return Math.Cbrt(developedCube + entryCube);
    }

    static double Turbulent(double reynolds, double prandtl, double diameterRatio)
    {
        double eighth = Konakov(reynolds) / 8;
        return eighth * (reynolds - 1000) * prandtl / (1 + 12.7 * Math.Sqrt(eighth) * (Math.Cbrt(prandtl * prandtl) - 1)) * (1 + Math.Cbrt(diameterRatio * diameterRatio));
    }

    static double Konakov(double reynolds)
    {
        double root = 1.8 * Math.Log10(reynolds) - 1.5;
        return 1 / (root * root);
    }
}
