using System.Text.Json;
using AiBms.Numerics;
using AiBms.Numerics.Expressions;

namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>Reads our own JSON form of a parameter set: numbers with their unit in the name, formulae as text.</summary>
/// <remarks>
/// A property is a number, a formula in x (stoichiometry), c (mol/L) and T (K), a table <c>{"x": […], "y": […]}</c>, or an object
/// <c>{"value": one of these, "activationJPerMol": E, "referenceK": T₀}</c>.
/// </remarks>
public static class ParameterSetReader
{
    const int StoichiometryIntervals = 2048, ConcentrationIntervals = 2048;
    const double LargestConcentration = 6000, MolPerM3InMolPerL = 1000;

    /// <summary>Where tables of the electrolyte begin, mol/m³.</summary>
    internal const double LeastConcentration = 0.5;

    /// <summary>Reads a set from JSON text.</summary>
    /// <exception cref="FormatException">A value is missing or cannot be understood; the message names it.</exception>
    public static ParameterSet Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var cell = Child(root, "cell");
        double referenceK = Number(cell, "referenceTemperatureK"), electrolyteMolPerM3 = Number(Child(root, "electrolyte"), "concentrationMolPerM3");
        var negative = Electrode(Child(root, "negative"), referenceK, electrolyteMolPerM3);
        var positive = Electrode(Child(root, "positive"), referenceK, electrolyteMolPerM3);
        var layer = Child(root, "separator");
        var separator = new SeparatorParameters
        {
            ThicknessM = Number(layer, "thicknessM"),
            PorosityFraction = Number(layer, "porosityFraction"),
            TransportFraction = Transport(layer),
            DensityKgPerM3 = Number(layer, "densityKgPerM3", double.NaN),
            SpecificHeatJPerKgK = Number(layer, "specificHeatJPerKgK", double.NaN),
        };
        double volume = Number(cell, "volumeM3", double.NaN);
        return new()
        {
            Id = Text(root, "id"),
            Title = Text(root, "title"),
            Source = Text(root, "source"),
            CapacityAh = Number(cell, "capacityAh"),
            LowerVoltageV = Number(cell, "lowerVoltageV"),
            UpperVoltageV = Number(cell, "upperVoltageV"),
            ElectrodeAreaM2 = Number(cell, "electrodeAreaM2"),
            ReferenceTemperatureK = referenceK,
            AmbientTemperatureK = Number(cell, "ambientTemperatureK", referenceK),
            ContactResistanceOhm = Number(cell, "contactResistanceOhm", 0),
            Negative = negative,
            Separator = separator,
            Positive = positive,
            Electrolyte = Electrolyte(Child(root, "electrolyte"), referenceK),
            HeatCapacityJPerK = Number(cell, "heatCapacityJPerK", LayeredHeatCapacity(cell, negative, separator, positive, volume)),
            CoolingWPerK = Number(cell, "coolingWPerK", double.NaN),
            CoreToCaseKPerW = Number(cell, "coreToCaseKPerW", 0),
            CaseHeatFraction = Number(cell, "caseHeatFraction", 0.1),
            VolumeM3 = volume,
        };
    }

    /// <summary>A property from its JSON value; <paramref name="ofStoichiometry"/> says whether its variable is x or c.</summary>
    internal static MaterialFunction Property(JsonElement value, string name, bool ofStoichiometry, double referenceK)
    {
        var arrhenius = new Arrhenius(0, referenceK);
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("value", out var inner))
        {
            arrhenius = new(Number(value, "activationJPerMol", 0), Number(value, "referenceK", referenceK));
            value = inner;
        }

        if (value.ValueKind == JsonValueKind.Number) return new ConstantFunction(value.GetDouble(), arrhenius);
        if (value.ValueKind == JsonValueKind.Object) return FunctionTable.Read(value, name, arrhenius);
        if (value.ValueKind != JsonValueKind.String) throw new FormatException($"'{name}' must be a number, a formula or a table");
        var formula = Expression.Parse(value.GetString()!, ofStoichiometry ? "x" : "c", "T");
        if (!formula.Uses("T") && !formula.Uses(ofStoichiometry ? "x" : "c")) return new ConstantFunction(formula.Value(0, 0), arrhenius);
        if (formula.Uses("T")) return new FormulaFunction(formula, ofStoichiometry ? 1 : MolPerM3InMolPerL, ofStoichiometry, arrhenius);
        return Tabulate(formula, ofStoichiometry, ofStoichiometry ? 1 : MolPerM3InMolPerL, arrhenius);
    }

    /// <summary>A fine table of a formula in one variable, at a temperature where it uses one.</summary>
    internal static TabulatedFunction Tabulate(Expression formula, bool ofStoichiometry, double unit, Arrhenius arrhenius, double temperatureK = 0)
    {
        (double low, double high, int intervals) = ofStoichiometry
            ? (0, 1, StoichiometryIntervals)
            : (LeastConcentration, LargestConcentration, ConcentrationIntervals);
        return new(new CubicTable(low, high, intervals, argument =>
        {
            (double value, double slope) = formula.ValueAndSlope(0, argument / unit, temperatureK);
            return (value, slope / unit);
        }), arrhenius);
    }

    static ElectrodeParameters Electrode(JsonElement at, double referenceK, double electrolyteMolPerM3)
    {
        double porosity = Number(at, "porosityFraction");
        var electrode = new ElectrodeParameters
        {
            ThicknessM = Number(at, "thicknessM"),
            PorosityFraction = porosity,
            TransportFraction = Transport(at),
            // The solid network is all that is not pore, binder and carbon included.
            ConductivitySPerM = Number(at, "conductivitySPerM") * Math.Pow(1 - porosity, Number(at, "electronicBruggeman", 0)),
            DensityKgPerM3 = Number(at, "densityKgPerM3", double.NaN),
            SpecificHeatJPerKgK = Number(at, "specificHeatJPerKgK", double.NaN),
            ActiveFraction = 0,
            ParticleRadiusM = 0,
            MaximumConcentrationMolPerM3 = 0,
            InitialStoichiometry = 0,
            OpenCircuitPotentialV = NoFunction,
            EntropicVPerK = NoFunction,
            DiffusivityM2PerS = NoFunction,
            ExchangeCurrent = new(0, 0, 0, 0, default),
        };
        var first = Material(electrode, at, referenceK, electrolyteMolPerM3);
        return at.TryGetProperty("second", out var second) ? first with { Second = Material(electrode, second, referenceK, electrolyteMolPerM3) } : first;
    }

    /// <summary>An active material in a layer.</summary>
    static ElectrodeParameters Material(ElectrodeParameters layer, JsonElement at, double referenceK, double electrolyteMolPerM3)
    {
        double maximum = Number(at, "maximumConcentrationMolPerM3");
        return layer with
        {
            ActiveFraction = Number(at, "activeFraction"),
            ParticleRadiusM = Number(at, "particleRadiusM"),
            MaximumConcentrationMolPerM3 = maximum,
            InitialStoichiometry = Number(at, "initialConcentrationMolPerM3") / maximum,
            OpenCircuitPotentialV = Property(Child(at, "openCircuitPotentialV"), "openCircuitPotentialV", true, referenceK),
            EnteringPotentialV = at.TryGetProperty("enteringPotentialV", out var entering) ? Property(entering, "enteringPotentialV", true, referenceK) : null,
            EntropicVPerK = at.TryGetProperty("entropicVPerK", out var entropic)
                ? Property(entropic, "entropicVPerK", true, referenceK)
                : new ConstantFunction(0, new(0, referenceK)),
            DiffusivityM2PerS = Property(Child(at, "diffusivityM2PerS"), "diffusivityM2PerS", true, referenceK),
            ExchangeCurrent = Exchange(Child(at, "exchangeCurrent"), maximum, electrolyteMolPerM3, referenceK),
        };
    }

    static readonly ConstantFunction NoFunction = new(0, default);

    static ExchangeCurrent Exchange(JsonElement at, double maximum, double electrolyteMolPerM3, double referenceK)
    {
        var temperature = new Arrhenius(Number(at, "activationJPerMol", 0), Number(at, "referenceK", referenceK));
        // The usual form m·√(cₑ·cₛ·(c_max − cₛ)), with m in (A/m²)·(m³/mol)^1.5.
        if (at.TryGetProperty("rateAM2PerMol15", out var rate))
            return new(rate.GetDouble() * maximum * Math.Sqrt(electrolyteMolPerM3), 0.5, 0.5, 0.5, temperature);
        return new(Number(at, "referenceAPerM2"), Number(at, "electrolyteExponent", 0.5), Number(at, "lithiatedExponent", 0.5),
            Number(at, "vacantExponent", 0.5), temperature);
    }

    static ElectrolyteParameters Electrolyte(JsonElement at, double referenceK) => new()
    {
        ConcentrationMolPerM3 = Number(at, "concentrationMolPerM3"),
        DiffusivityM2PerS = Property(Child(at, "diffusivityM2PerS"), "diffusivityM2PerS", false, referenceK),
        ConductivitySPerM = Property(Child(at, "conductivitySPerM"), "conductivitySPerM", false, referenceK),
        TransferenceFraction = Property(Child(at, "transferenceFraction"), "transferenceFraction", false, referenceK),
        ThermodynamicFactor = Property(Child(at, "thermodynamicFactor"), "thermodynamicFactor", false, referenceK),
    };

    static double Transport(JsonElement layer) =>
        layer.TryGetProperty("transportFraction", out var fraction)
            ? fraction.GetDouble()
            : Math.Pow(Number(layer, "porosityFraction"), Number(layer, "bruggeman"));

    /// <summary>Thickness-weighted mean of density × specific heat over the layers, times the cell's volume.</summary>
    static double LayeredHeatCapacity(
        JsonElement cell, ElectrodeParameters negative, SeparatorParameters separator, ElectrodeParameters positive, double volumeM3)
    {
        double thickness = negative.ThicknessM + separator.ThicknessM + positive.ThicknessM;
        double heat = negative.ThicknessM * negative.DensityKgPerM3 * negative.SpecificHeatJPerKgK
            + separator.ThicknessM * separator.DensityKgPerM3 * separator.SpecificHeatJPerKgK
            + positive.ThicknessM * positive.DensityKgPerM3 * positive.SpecificHeatJPerKgK;
        if (!cell.TryGetProperty("collectors", out var collectors)) return double.NaN;
        foreach (var foil in collectors.EnumerateArray())
        {
            thickness += Number(foil, "thicknessM");
            heat += Number(foil, "thicknessM") * Number(foil, "densityKgPerM3") * Number(foil, "specificHeatJPerKgK");
        }

        return heat / thickness * volumeM3;
    }

    static JsonElement Child(JsonElement at, string name) =>
        at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var child) ? child : throw new FormatException($"'{name}' is missing");

    static string Text(JsonElement at, string name) => Child(at, name).GetString() ?? throw new FormatException($"'{name}' must be text");

    static double Number(JsonElement at, string name) =>
        Child(at, name) is { ValueKind: JsonValueKind.Number } child && child.TryGetDouble(out double value) ? value : throw new FormatException($"'{name}' must be a number");

    static double Number(JsonElement at, string name, double otherwise) => at.TryGetProperty(name, out _) ? Number(at, name) : otherwise;
}
