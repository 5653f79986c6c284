namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>One porous electrode: geometry, the active material's thermodynamics and its kinetics.</summary>
public sealed record ElectrodeParameters
{
    /// <summary>Thickness, m.</summary>
    public required double ThicknessM { get; init; }

    /// <summary>Electrolyte volume fraction, 0…1.</summary>
    public required double PorosityFraction { get; init; }

    /// <summary>Active material volume fraction, 0…1.</summary>
    public required double ActiveFraction { get; init; }

    /// <summary>B: effective over bulk transport in the electrolyte (εᵇ by Bruggeman), 0…1.</summary>
    public required double TransportFraction { get; init; }

    /// <summary>Effective electronic conductivity, S/m.</summary>
    public required double ConductivitySPerM { get; init; }

    /// <summary>Particle radius, m.</summary>
    public required double ParticleRadiusM { get; init; }

    /// <summary>Lithium concentration of the full material, mol/m³.</summary>
    public required double MaximumConcentrationMolPerM3 { get; init; }

    /// <summary>Stoichiometry at which the set starts (its own initial state), 0…1.</summary>
    public required double InitialStoichiometry { get; init; }

    /// <summary>Open-circuit potential against lithium at the reference temperature, V, of stoichiometry; with hysteresis, while lithium leaves.</summary>
    public required MaterialFunction OpenCircuitPotentialV { get; init; }

    /// <summary>The same while lithium enters; null without hysteresis.</summary>
    public MaterialFunction? EnteringPotentialV { get; init; }

    /// <summary>A second active material in the same layer, between the same potentials; null without one. Layer properties of its own are not read.</summary>
    public ElectrodeParameters? Second { get; init; }

    /// <summary>dU/dT, V/K, of stoichiometry.</summary>
    public required MaterialFunction EntropicVPerK { get; init; }

    /// <summary>Solid diffusivity, m²/s, of stoichiometry.</summary>
    public required MaterialFunction DiffusivityM2PerS { get; init; }

    /// <summary>Exchange current density, A/m².</summary>
    public required ExchangeCurrent ExchangeCurrent { get; init; }

    /// <summary>Density of the wet layer, kg/m³; NaN where the source gives none.</summary>
    public double DensityKgPerM3 { get; init; } = double.NaN;

    /// <summary>Specific heat of the wet layer, J/(kg·K); NaN where the source gives none.</summary>
    public double SpecificHeatJPerKgK { get; init; } = double.NaN;

    /// <summary>Current density, A/m², that turns the branches about: one far below any load, so that rest lies amid them.</summary>
    const double TurningAPerM2 = 0.01;

    const double LeastSecond = 0.005;

    /// <summary>How far the potential is that of lithium entering, 0…1: the current-sigmoid model, (1 + tanh(i/i₀))/2.</summary>
    /// <param name="enteringAPerM2">Current density through the cell that puts lithium into this electrode, A/m².</param>
    public double EnteringFraction(double enteringAPerM2) => EnteringPotentialV is null ? 0 : 0.5 * (1 + Math.Tanh(enteringAPerM2 / TurningAPerM2));

    /// <summary>Open-circuit potential between its branches, V, and its slope in the stoichiometry.</summary>
    /// <param name="stoichiometry">0…1.</param>
    /// <param name="temperatureK">Temperature, K; the entropic part is not in it.</param>
    /// <param name="enteringFraction">Of <see cref="EnteringFraction"/>.</param>
    /// <param name="slopeV">∂U/∂x, V.</param>
    public double PotentialV(double stoichiometry, double temperatureK, double enteringFraction, out double slopeV)
    {
        double leaving = OpenCircuitPotentialV.At(stoichiometry, temperatureK, out slopeV);
        if (EnteringPotentialV is null) return leaving;
        double entering = EnteringPotentialV.At(stoichiometry, temperatureK, out double enteringSlopeV);
        slopeV += enteringFraction * (enteringSlopeV - slopeV);
        return leaving + enteringFraction * (entering - leaving);
    }

    /// <summary>The same at many stoichiometries.</summary>
    public void PotentialV(ReadOnlySpan<double> stoichiometry, double temperatureK, double enteringFraction, Span<double> potentialV, Span<double> slopeV)
    {
        OpenCircuitPotentialV.At(stoichiometry, temperatureK, potentialV, slopeV);
        if (EnteringPotentialV is null) return;
        for (int i = 0; i < stoichiometry.Length; i++) potentialV[i] = PotentialV(stoichiometry[i], temperatureK, enteringFraction, out slopeV[i]);
    }

    /// <summary>Open-circuit potential at rest, amid its branches, V.</summary>
    public double RestPotentialV(double stoichiometry, double temperatureK, out double slopeV) => PotentialV(stoichiometry, temperatureK, 0.5, out slopeV);

    /// <summary>Stoichiometry of the second material at rest beside a stoichiometry of the first: the same potential.</summary>
    public double SecondStoichiometry(double stoichiometry, double temperatureK)
    {
        if (Second is null) return double.NaN;
        double target = RestPotentialV(stoichiometry, temperatureK, out _), low = LeastSecond, high = 1 - LeastSecond;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            if (Second.RestPotentialV(middle, temperatureK, out _) > target) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }

    /// <summary>a = 3εₛ/R: particle surface per volume of electrode, 1/m.</summary>
    public double SurfacePerM => 3 * ActiveFraction / ParticleRadiusM;
}
