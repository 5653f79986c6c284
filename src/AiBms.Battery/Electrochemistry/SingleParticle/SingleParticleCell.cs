using AiBms.Battery.Cells;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Particles;

namespace AiBms.Battery.Electrochemistry.SingleParticle;

/// <summary>The single particle model as a cell of a pack: a step of constant current is its exact solution, so any length is stable.</summary>
/// <remarks>
/// State: SOC (0…1 between the set's cut-off voltages at rest), then the modes 1 … K − 1 of the negative and of the positive particle, in
/// stoichiometry. Each mode obeys a' = −λa − b·I. Only sets of constant solid diffusivity have this closed form.
/// </remarks>
public sealed class SingleParticleCell : ICellModel
{
    readonly ParameterSet _set;
    readonly ElectrodeBalance _balance;
    readonly SphereModes _modes;
    readonly double _resistanceOhm;

    /// <summary>A cell of a parameter set with a number of modes a particle.</summary>
    /// <exception cref="ArgumentException">A solid diffusivity varies with stoichiometry.</exception>
    public SingleParticleCell(ParameterSet set, int particleTerms = 8)
    {
        if (!set.Negative.DiffusivityM2PerS.IsConstant || !set.Positive.DiffusivityM2PerS.IsConstant)
            throw new ArgumentException($"a solid diffusivity of '{set.Id}' varies with lithium content, so a step has no closed form", nameof(set));
        (_set, _balance, _modes, _resistanceOhm) = (set, new(set), new(particleTerms), set.ContactResistanceOhm);
    }

    /// <summary>Capacity that SOC is a fraction of, Ah.</summary>
    public double CapacityAh => _balance.CapacityAh;

    /// <inheritdoc/>
    public int StateCount => 1 + 2 * (_modes.Count - 1);

    /// <inheritdoc/>
    public void Rest(Span<double> state, double soc)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(state.Length, StateCount);
        state.Clear();
        state[0] = soc;
    }

    /// <inheritdoc/>
    public void Step(Span<double> state, double currentA, double temperatureDegC, double stepS)
    {
        double temperatureK = Units.ToKelvin(temperatureDegC);
        state[0] += Units.ToAmpereHours(currentA * stepS) / _balance.CapacityAh;
        Step(_set.Negative, -1, state.Slice(1, _modes.Count - 1), currentA, temperatureK, stepS);
        Step(_set.Positive, 1, state.Slice(_modes.Count, _modes.Count - 1), currentA, temperatureK, stepS);
    }

    /// <inheritdoc/>
    public double VoltageV(ReadOnlySpan<double> state, double currentA, double temperatureDegC)
    {
        double temperatureK = Units.ToKelvin(temperatureDegC);
        (double negative, double positive) = Surface(state);
        return PotentialV(_set.Positive, 1, positive, currentA, temperatureK) - PotentialV(_set.Negative, -1, negative, currentA, temperatureK)
            + _resistanceOhm * currentA;
    }

    /// <inheritdoc/>
    public double OpenCircuitVoltageV(double soc, double temperatureDegC)
    {
        double temperatureK = Units.ToKelvin(temperatureDegC);
        (double negative, double positive) = _balance.Stoichiometries(soc);
        return OpenV(_set.Positive, positive, temperatureK) - OpenV(_set.Negative, negative, temperatureK);
    }

    /// <inheritdoc/>
    public double HeatW(ReadOnlySpan<double> state, double currentA, double temperatureDegC)
    {
        double temperatureK = Units.ToKelvin(temperatureDegC);
        (double negative, double positive) = _balance.Stoichiometries(state[0]);
        double entropicVPerK = _set.Positive.EntropicVPerK.At(positive, temperatureK) - _set.Negative.EntropicVPerK.At(negative, temperatureK);
        return (VoltageV(state, currentA, temperatureDegC) - OpenCircuitVoltageV(state[0], temperatureDegC)) * currentA
            + currentA * temperatureK * entropicVPerK;
    }

    /// <summary>Surface stoichiometries of negative and positive particle.</summary>
    public (double NegativeStoichiometry, double PositiveStoichiometry) Surface(ReadOnlySpan<double> state)
    {
        (double negative, double positive) = _balance.Stoichiometries(state[0]);
        int count = _modes.Count - 1;
        for (int k = 0; k < count; k++)
        {
            negative += _modes.SurfaceValues[k + 1] * state[1 + k];
            positive += _modes.SurfaceValues[k + 1] * state[1 + count + k];
        }

        return (negative, positive);
    }

    /// <summary>Potential of the negative surface against lithium at the electrolyte, V: plating can begin below 0.</summary>
    public double PlatingMarginV(ReadOnlySpan<double> state, double currentA, double temperatureDegC) =>
        PotentialV(_set.Negative, -1, Surface(state).NegativeStoichiometry, currentA, Units.ToKelvin(temperatureDegC));

    void Step(ElectrodeParameters electrode, int sign, Span<double> modes, double currentA, double temperatureK, double stepS)
    {
        double radius = electrode.ParticleRadiusM, rate = electrode.DiffusivityM2PerS.At(0.5, temperatureK) / (radius * radius);
        double flux = 3 * Reaction(electrode, sign, currentA) / (Constants.FaradayCPerMol * radius * electrode.MaximumConcentrationMolPerM3);
        for (int k = 0; k < modes.Length; k++)
        {
            double lambda = rate * _modes.Eigenvalues[k + 1], settled = -flux * _modes.SurfaceValues[k + 1] / lambda;
            modes[k] = settled + (modes[k] - settled) * Math.Exp(-lambda * stepS);
        }
    }

    double Reaction(ElectrodeParameters electrode, int sign, double currentA) =>
        sign * currentA / (_set.ElectrodeAreaM2 * electrode.SurfacePerM * electrode.ThicknessM);

    double OpenV(ElectrodeParameters electrode, double stoichiometry, double temperatureK) =>
        electrode.OpenCircuitPotentialV.At(stoichiometry, temperatureK)
        + (temperatureK - _set.ReferenceTemperatureK) * electrode.EntropicVPerK.At(stoichiometry, temperatureK);

    double PotentialV(ElectrodeParameters electrode, int sign, double surface, double currentA, double temperatureK)
    {
        double j0 = electrode.ExchangeCurrent.At(1, surface, out _) * electrode.ExchangeCurrent.Temperature.Factor(temperatureK);
        double thermalV = 2 * Constants.GasJPerMolK * temperatureK / Constants.FaradayCPerMol;
        return OpenV(electrode, surface, temperatureK) + thermalV * Math.Asinh(Reaction(electrode, sign, currentA) / (2 * j0));
    }
}
