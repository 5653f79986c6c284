namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>The numbers of a parameter set that can be varied, by name.</summary>
public static class SetParameters
{
    const double MiddleStoichiometry = 0.5;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SetParameter> All { get; } =
    [
        new("electrodeArea", "m2", s => s.ElectrodeAreaM2, (s, v) => s with { ElectrodeAreaM2 = v }),
        new("contactResistance", "ohm", s => s.ContactResistanceOhm, (s, v) => s with { ContactResistanceOhm = v }),
        .. Electrode("negative", s => s.Negative, (s, e) => s with { Negative = e }),
        .. Electrode("positive", s => s.Positive, (s, e) => s with { Positive = e }),
        new("separator.transport", "", s => s.Separator.TransportFraction, (s, v) => s with { Separator = s.Separator with { TransportFraction = v } }),
        .. Electrolyte(),
        new("heatCapacity", "J/K", s => s.HeatCapacityJPerK, (s, v) => s with { HeatCapacityJPerK = v }),
        new("cooling", "W/K", s => s.CoolingWPerK, (s, v) => s with { CoolingWPerK = v }),
    ];

    /// <summary>Finds one by its name.</summary>
    /// <exception cref="FormatException">There is none; the message lists those there are.</exception>
    public static SetParameter Find(string name) => All.FirstOrDefault(p => p.Name == name)
        ?? throw new FormatException($"no parameter is called '{name}'; known: {string.Join(", ", All.Select(p => p.Name))}");

    static IEnumerable<SetParameter> Electrode(string name, Func<ParameterSet, ElectrodeParameters> get, Func<ParameterSet, ElectrodeParameters, ParameterSet> with)
    {
        SetParameter Of(string what, string unit, Func<ElectrodeParameters, double> read, Func<ElectrodeParameters, double, ElectrodeParameters> change) =>
            new($"{name}.{what}", unit, s => read(get(s)), (s, v) => with(s, change(get(s), v)));
        double Diffusivity(ParameterSet s) => get(s).DiffusivityM2PerS.At(MiddleStoichiometry, s.ReferenceTemperatureK);
        double Exchange(ParameterSet s) => get(s).ExchangeCurrent.ReferenceAPerM2 * get(s).ExchangeCurrent.Temperature.Factor(s.ReferenceTemperatureK);
        return
        [
            Of("activeFraction", "", e => e.ActiveFraction, (e, v) => e with { ActiveFraction = v }),
            Of("stoichiometry", "", e => e.InitialStoichiometry, (e, v) => e with { InitialStoichiometry = v }),
            Of("particleRadius", "m", e => e.ParticleRadiusM, (e, v) => e with { ParticleRadiusM = v }),
            Of("thickness", "m", e => e.ThicknessM, (e, v) => e with { ThicknessM = v }),
            Of("transport", "", e => e.TransportFraction, (e, v) => e with { TransportFraction = v }),
            Of("conductivity", "S/m", e => e.ConductivitySPerM, (e, v) => e with { ConductivitySPerM = v }),
            new($"{name}.diffusivity", "m2/s", Diffusivity, (s, v) =>
                with(s, get(s) with { DiffusivityM2PerS = ScaledFunction.Of(get(s).DiffusivityM2PerS, v / Diffusivity(s)) })),
            new($"{name}.exchangeCurrent", "A/m2", Exchange, (s, v) => with(s, get(s) with
            {
                ExchangeCurrent = get(s).ExchangeCurrent with { ReferenceAPerM2 = get(s).ExchangeCurrent.ReferenceAPerM2 * (v / Exchange(s)) },
            })),
        ];
    }

    static IEnumerable<SetParameter> Electrolyte()
    {
        static SetParameter Of(string what, string unit, Func<ElectrolyteParameters, MaterialFunction> read, Func<ElectrolyteParameters, MaterialFunction, ElectrolyteParameters> change)
        {
            double Get(ParameterSet s) => read(s.Electrolyte).At(s.Electrolyte.ConcentrationMolPerM3, s.ReferenceTemperatureK);
            return new($"electrolyte.{what}", unit, Get, (s, v) => s with { Electrolyte = change(s.Electrolyte, ScaledFunction.Of(read(s.Electrolyte), v / Get(s))) });
        }

        return
        [
            Of("diffusivity", "m2/s", e => e.DiffusivityM2PerS, (e, f) => e with { DiffusivityM2PerS = f }),
            Of("conductivity", "S/m", e => e.ConductivitySPerM, (e, f) => e with { ConductivitySPerM = f }),
            Of("transference", "", e => e.TransferenceFraction, (e, f) => e with { TransferenceFraction = f }),
            Of("thermodynamicFactor", "-", e => e.ThermodynamicFactor, (e, f) => e with { ThermodynamicFactor = f }),
        ];
    }
}
