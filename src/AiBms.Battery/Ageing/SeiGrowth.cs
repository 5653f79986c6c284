using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Degradation;

namespace AiBms.Battery.Ageing;

/// <summary>Growth of the solid-electrolyte interphase by one of five laws.</summary>
/// <remarks>
/// With η = φ − U_SEI: reaction −j₀·exp(−Fη/2RT); solvent −D·c·F/L; electrons κ·η/L; interstitials −D·c·F/L·exp(−Fφ/RT);
/// carbonate −F·k·c·E/(1 + k·L·E/D), E = exp(−Fη/2RT). Sources: Safari et al., J. Electrochem. Soc. 156 (2009) A145, doi:10.1149/1.3043429;
/// Single, Latz and Horstmann, ChemSusChem 11 (2018) 1950, doi:10.1002/cssc.201800077; Yang et al., J. Power Sources 360 (2017) 28,
/// doi:10.1016/j.jpowsour.2017.05.110.
/// </remarks>
public sealed class SeiGrowth(SeiLaw law, SeiParameters parameters) : IFilmGrowth
{
    readonly Arrhenius _arrhenius = new(parameters.ActivationJPerMol, parameters.ReferenceK);

    /// <inheritdoc/>
    public double InitialThicknessM => parameters.InitialThicknessM;

    /// <inheritdoc/>
    public double ResistivityOhmM => parameters.ResistivityOhmM;

    /// <inheritdoc/>
    public double GrowthM3PerC => parameters.MolarVolumeM3PerMol / (parameters.LithiumRatio * Constants.FaradayCPerMol);

    /// <inheritdoc/>
    public double CurrentAPerM2(double potentialV, double thicknessM, double temperatureK, out double slopeSPerM2, out double slopeAPerM3)
    {
        const double faraday = Constants.FaradayCPerMol;
        double perVolt = faraday / (Constants.GasJPerMolK * temperatureK), overpotentialV = potentialV - parameters.OpenCircuitV, rate = _arrhenius.Factor(temperatureK);
        double current;
        (slopeSPerM2, slopeAPerM3) = (0, 0);
        switch (law)
        {
            case SeiLaw.ReactionLimited:
                current = -rate * parameters.ExchangeAPerM2 * Math.Exp(-0.5 * perVolt * overpotentialV);
                slopeSPerM2 = -0.5 * perVolt * current;
                return current;
            case SeiLaw.SolventDiffusionLimited:
                current = -rate * parameters.SolventDiffusivityM2PerS * parameters.SolventMolPerM3 * faraday / thicknessM;
                slopeAPerM3 = -current / thicknessM;
                return current;
            case SeiLaw.ElectronMigrationLimited:
                if (overpotentialV >= 0) return 0;
                slopeSPerM2 = rate * parameters.ElectronConductivitySPerM / thicknessM;
                current = slopeSPerM2 * overpotentialV;
                slopeAPerM3 = -current / thicknessM;
                return current;
            case SeiLaw.InterstitialDiffusionLimited:
                current = -rate * parameters.InterstitialDiffusivityM2PerS * parameters.InterstitialMolPerM3 * faraday / thicknessM * Math.Exp(-perVolt * potentialV);
                slopeSPerM2 = -perVolt * current;
                slopeAPerM3 = -current / thicknessM;
                return current;
            default:
                double reaction = parameters.CarbonateRateMPerS * Math.Exp(-0.5 * perVolt * overpotentialV), hindrance = reaction / parameters.CarbonateDiffusivityM2PerS;
                current = -rate * faraday * parameters.CarbonateMolPerM3 * reaction / (1 + hindrance * thicknessM);
                slopeSPerM2 = -0.5 * perVolt * current / (1 + hindrance * thicknessM);
                slopeAPerM3 = -current * hindrance / (1 + hindrance * thicknessM);
                return current;
        }
    }
}
