using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Particles;

namespace AiBms.Battery.Electrochemistry.Dfn;

/// <summary>The reaction in one electrode: Butler–Volmer in every cell, with its slopes, over the particles.</summary>
/// <remarks>j = 2j₀·sinh(F(φₛ − φₑ − U)/(2RT)), A/m², positive where lithium leaves the particle. Arrays are by cell of this electrode.</remarks>
sealed class PorousElectrode
{
    /// <summary>Beyond this argument of sinh the current is far past any cell's, and exp must not overflow.</summary>
    const double LargestArgument = 60;

    readonly ElectrodeParameters _parameters;
    readonly double _electrolyteAtRest, _referenceK;

    public PorousElectrode(ElectrodeParameters parameters, IParticleEnsemble particles, ParameterSet set, int firstCell, int cells)
    {
        (_parameters, Particles, FirstCell, Cells) = (parameters, particles, firstCell, cells);
        (_electrolyteAtRest, _referenceK) = (set.Electrolyte.ConcentrationMolPerM3, set.ReferenceTemperatureK);
        (Surface, Reaction, Potential, Entropic) = (new double[cells], new double[cells], new double[cells], new double[cells]);
        (PotentialSlope, ByPotential, ByConcentration, BySurface) = (new double[cells], new double[cells], new double[cells], new double[cells]);
        (CondensedPotential, CondensedConcentration, CondensedSurface) = (new double[cells], new double[cells], new double[cells]);
        (SurfaceChange, ReactionChange) = (new double[cells], new double[cells]);
        (StoredByReaction, StoredBySurface, EntropicSlope) = (new double[cells], new double[cells], new double[cells]);
    }

    public IParticleEnsemble Particles { get; }

    public int FirstCell { get; }

    public int Cells { get; }

    public ElectrodeParameters Parameters => _parameters;

    /// <summary>Surface stoichiometry, reaction A/m², open-circuit potential V and entropic coefficient V/K.</summary>
    public double[] Surface { get; }

    /// <inheritdoc cref="Surface"/>
    public double[] Reaction { get; }

    /// <inheritdoc cref="Surface"/>
    public double[] Potential { get; }

    /// <inheritdoc cref="Surface"/>
    public double[] Entropic { get; }

    /// <summary>d(dU/dT)/dx, V/K.</summary>
    public double[] EntropicSlope { get; }

    /// <summary>dU/dx, and ∂j by overpotential, electrolyte concentration and surface stoichiometry.</summary>
    public double[] PotentialSlope { get; }

    /// <inheritdoc cref="PotentialSlope"/>
    public double[] ByPotential { get; }

    /// <inheritdoc cref="PotentialSlope"/>
    public double[] ByConcentration { get; }

    /// <inheritdoc cref="PotentialSlope"/>
    public double[] BySurface { get; }

    /// <summary>The same slopes with the particles' answer of one implicit step folded in.</summary>
    public double[] CondensedPotential { get; }

    /// <inheritdoc cref="CondensedPotential"/>
    public double[] CondensedConcentration { get; }

    /// <inheritdoc cref="CondensedPotential"/>
    public double[] CondensedSurface { get; }

    /// <summary>Work space of a solve: H, then δx; and δj.</summary>
    public double[] SurfaceChange { get; }

    /// <inheritdoc cref="SurfaceChange"/>
    public double[] ReactionChange { get; }

    /// <summary>Slopes of the stored power in δj and δx, W per A/m² and W.</summary>
    public double[] StoredByReaction { get; }

    /// <inheritdoc cref="StoredByReaction"/>
    public double[] StoredBySurface { get; }

    /// <summary>Computes the reaction and its slopes from the state.</summary>
    public void React(
        ReadOnlySpan<double> particles, ReadOnlySpan<double> electrolyte, ReadOnlySpan<double> electrolytePotential,
        ReadOnlySpan<double> solidPotential, double temperatureK)
    {
        Particles.Surface(particles, Surface);
        double f = Constants.FaradayCPerMol / (2 * Constants.GasJPerMolK * temperatureK), offset = temperatureK - _referenceK;
        double rate = 2 * _parameters.ExchangeCurrent.Temperature.Factor(temperatureK);
        bool entropic = !(_parameters.EntropicVPerK is ConstantFunction && _parameters.EntropicVPerK.At(0, temperatureK) == 0);
        for (int i = 0; i < Cells; i++)
        {
            double x = Surface[i], u = _parameters.OpenCircuitPotentialV.At(x, temperatureK, out double slope);
            if (entropic)
            {
                Entropic[i] = _parameters.EntropicVPerK.At(x, temperatureK, out EntropicSlope[i]);
                u += offset * Entropic[i];
                slope += offset * EntropicSlope[i];
            }

            double j0 = rate * _parameters.ExchangeCurrent.At(electrolyte[i] / _electrolyteAtRest, x, out double byStoichiometry);
            double z = Math.Clamp(f * (solidPotential[i] - electrolytePotential[i] - u), -LargestArgument, LargestArgument);
            // Past an empty or a full surface there is no physics: the step is refused and the run ends there.
            if (!(x > 0 && x < 1)) z = double.NaN;
            double grown = Math.Exp(z), decayed = 1 / grown, j = 0.5 * j0 * (grown - decayed), g = 0.5 * j0 * (grown + decayed) * f;
            (Potential[i], PotentialSlope[i], Reaction[i], ByPotential[i]) = (u, slope, j, g);
            ByConcentration[i] = electrolyte[i] > 0 ? _parameters.ExchangeCurrent.ElectrolyteExponent * j / electrolyte[i] : 0;
            BySurface[i] = byStoichiometry * j - g * slope;
        }
    }

    /// <summary>φₛ − φₑ, V, if the reaction were even over the electrode and carried this current into the electrolyte, A/m² of cell.</summary>
    public double GuessOverPotentialV(ReadOnlySpan<double> particles, double currentAPerM2, double temperatureK)
    {
        Particles.Surface(particles, Surface);
        double x = Surface.Average(), reaction = currentAPerM2 / (_parameters.SurfacePerM * _parameters.ThicknessM);
        double j0 = _parameters.ExchangeCurrent.At(1, x, out _) * _parameters.ExchangeCurrent.Temperature.Factor(temperatureK);
        double thermal = 2 * Constants.GasJPerMolK * temperatureK / Constants.FaradayCPerMol;
        double u = _parameters.OpenCircuitPotentialV.At(x, temperatureK) + (temperatureK - _referenceK) * _parameters.EntropicVPerK.At(x, temperatureK);
        return u + thermal * Math.Asinh(reaction / (2 * j0));
    }

    /// <summary>Folds the particles' answer into the slopes, for a step with this shift.</summary>
    public void Condense(double shift)
    {
        Particles.Factorise(shift);
        var gain = Particles.SurfaceGain;
        for (int i = 0; i < Cells; i++)
        {
            double fold = 1 / (1 - BySurface[i] * gain[i]);
            CondensedPotential[i] = ByPotential[i] * fold;
            CondensedConcentration[i] = ByConcentration[i] * fold;
            CondensedSurface[i] = BySurface[i] * fold;
        }
    }
}
