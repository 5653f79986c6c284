using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Battery.Electrochemistry.Degradation;

/// <summary>Diffusion that the particle's own stress drives on: D·(1 + θ·c/T), θ = 2Ω²E/(9R(1 − ν)).</summary>
/// <remarks>
/// Key: f the value, x the stoichiometry, df the derivative with respect to it. The material without lithium is free of stress.
/// Source: Zhang, Shyy and Sastry, J. Electrochem. Soc. 154 (2007) A910, doi:10.1149/1.2759840; Ai et al. 2020, doi:10.1149/2.0122001JES.
/// </remarks>
sealed class StressedDiffusivity(MaterialFunction bare, double kelvinPerStoichiometry) : MaterialFunction
{
    /// <inheritdoc/>
    public override bool IsConstant => false;

    /// <summary>A set whose diffusivities take in the stress that its mechanics ask for.</summary>
    public static ParameterSet Of(ParameterSet set, CellAgeing? ageing) => set with
    {
        Negative = Of(set.Negative, ageing?.Negative?.Mechanics),
        Positive = Of(set.Positive, ageing?.Positive?.Mechanics),
    };

    static ElectrodeParameters Of(ElectrodeParameters electrode, MechanicsParameters? m)
    {
        if (m is not { DrivesDiffusion: true } || electrode.DiffusivityM2PerS is StressedDiffusivity) return electrode;
        double theta = 2 * m.PartialMolarVolumeM3PerMol * m.PartialMolarVolumeM3PerMol * m.YoungPa / (9 * Constants.GasJPerMolK * (1 - m.PoissonFraction));
        return electrode with { DiffusivityM2PerS = new StressedDiffusivity(electrode.DiffusivityM2PerS, theta * electrode.MaximumConcentrationMolPerM3) };
    }

    /// <inheritdoc/>
    public override double At(double x, double temperatureK, out double df)
    {
        double value = bare.At(x, temperatureK, out double slope), stress = kelvinPerStoichiometry / temperatureK;
        df = slope * (1 + stress * x) + value * stress;
        return value * (1 + stress * x);
    }

    /// <inheritdoc/>
    public override void At(ReadOnlySpan<double> x, double temperatureK, Span<double> f, Span<double> df)
    {
        if (!bare.IsConstant)
        {
            base.At(x, temperatureK, f, df);
            return;
        }

        double value = bare.At(0, temperatureK), slope = value * kelvinPerStoichiometry / temperatureK;
        for (int i = 0; i < x.Length; i++) (f[i], df[i]) = (value + slope * x[i], slope);
    }

    /// <inheritdoc/>
    public override double IntegralAt(double x, double temperatureK, out double f)
    {
        // By parts, the inner integral of the bare diffusivity by Simpson's rule: exact where that is a cubic at most.
        f = At(x, temperatureK, out _);
        double whole = bare.IntegralAt(x, temperatureK, out _), half = bare.IntegralAt(0.5 * x, temperatureK, out _), none = bare.IntegralAt(0, temperatureK, out _);
        double stress = kelvinPerStoichiometry / temperatureK;
        return whole + stress * (x * whole - x / 6 * (none + 4 * half + whole));
    }
}
