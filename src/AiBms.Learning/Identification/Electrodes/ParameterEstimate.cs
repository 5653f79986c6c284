namespace AiBms.Learning.Identification.Electrodes;

/// <summary>A fitted parameter and how well the data determine it.</summary>
/// <param name="Name">Name.</param>
/// <param name="Unit">Unit; empty for a fraction.</param>
/// <param name="StartNumber">Where the fit began, in the unit.</param>
/// <param name="FittedNumber">What it found, in the unit.</param>
/// <param name="LowerNumber">Lower bound, in the unit.</param>
/// <param name="UpperNumber">Upper bound, in the unit.</param>
/// <param name="DeviationFraction">Standard deviation of ln p, with residuals as correlated in time as they are; infinite where the data say nothing.</param>
/// <param name="SensitivityMV">Root mean square of ∂V/∂ln p over all points, mV: what a change of 1 % moves, times 100.</param>
/// <param name="Partner">The parameter that can best make up for it; empty where there is only one.</param>
/// <param name="CorrelationFraction">Correlation with the partner, −1…1.</param>
/// <param name="AtBound">Whether it stopped at a bound.</param>
/// <param name="ProfileMV">RMSE with it held at half and at twice its estimate (as far as its bounds go), the others fitted again, mV; null where not asked for.</param>
public sealed record ParameterEstimate(
    string Name, string Unit, double StartNumber, double FittedNumber, double LowerNumber, double UpperNumber, double DeviationFraction, double SensitivityMV, string Partner,
    double CorrelationFraction, bool AtBound, (double Half, double Twice)? ProfileMV)
{
    const double WellFraction = 0.05, FairFraction = 0.25;

    /// <summary>In a word.</summary>
    public string Verdict => AtBound ? "at its bound: not identified" : DeviationFraction <= WellFraction ? "well" : DeviationFraction <= FairFraction ? "fairly" : "not identified";
}
