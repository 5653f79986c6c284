using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.SingleParticle;

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
    public double CurrentAPerM2(double potentialV, double thicknessM, double temperatureK)
    {
        const double faraday = Constants.FaradayCPerMol;
        double perVolt = faraday / (Constants.GasJPerMolK * temperatureK), overpotentialV = potentialV - parameters.OpenCircuitV;
        double tafel = Math.Exp(-0.5 * perVolt * overpotentialV);
        return _arrhenius.Factor(temperatureK) * law switch
        {
            SeiLaw.ReactionLimited => -parameters.ExchangeAPerM2 * tafel,
            SeiLaw.SolventDiffusionLimited => -parameters.SolventDiffusivityM2PerS * parameters.SolventMolPerM3 * faraday / thicknessM,
            SeiLaw.ElectronMigrationLimited => Math.Min(0, parameters.ElectronConductivitySPerM * overpotentialV / thicknessM),
            SeiLaw.InterstitialDiffusionLimited =>
                -parameters.InterstitialDiffusivityM2PerS * parameters.InterstitialMolPerM3 * faraday / thicknessM * Math.Exp(-perVolt * potentialV),
            _ => -faraday * parameters.CarbonateRateMPerS * parameters.CarbonateMolPerM3 * tafel
                / (1 + parameters.CarbonateRateMPerS * thicknessM * tafel / parameters.CarbonateDiffusivityM2PerS),
        };
    }
}
