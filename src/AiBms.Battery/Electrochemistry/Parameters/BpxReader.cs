using System.Globalization;
using System.Text.Json;
using AiBms.Numerics.Expressions;

namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>Reads a Battery Parameter eXchange (BPX) file as a parameter set.</summary>
/// <remarks>
/// BPX standard, https://github.com/FaradayInstitution/BPX, versions 0.1 to 1.0. Formulae are read by our own grammar and only computed.
/// j₀ = F·K·√((cₑ/cₑ₀)·x·(1 − x)); ε_s = a·R/3; conductivities of electrodes are effective; lithium is that of the full ends of the stoichiometry
/// windows, and the cell starts at its upper cut-off voltage, or at the state of charge of a block State. An electrode blended of two materials becomes one with a second material.
/// A file without electrolyte is for the SPM alone. Branches of a potential stand in the electrode (1.0) or, before, among the user's own values.
/// </remarks>
public static class BpxReader
{
    /// <summary>Whether a JSON text looks like BPX.</summary>
    public static bool IsBpx(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("Header", out var header) && header.TryGetProperty("BPX", out _);

    /// <summary>Reads a set.</summary>
    /// <param name="root">The whole document.</param>
    /// <param name="id">Name to give it.</param>
    /// <exception cref="FormatException">A value is missing, not understood, or not supported; the message names it.</exception>
    public static ParameterSet Read(JsonElement root, string id)
    {
        var header = Child(root, "Header");
        RefuseUnknown(header.GetProperty("BPX"));
        var all = Child(root, "Parameterisation");
        var cell = Child(all, "Cell");
        double referenceK = Number(cell, "Reference temperature [K]", 298.15), pairs = Number(cell, "Number of electrode pairs connected in parallel to make a cell");
        double volume = Number(cell, "Volume [m3]", double.NaN);
        bool isParticleOnly = !all.TryGetProperty("Electrolyte", out var electrolyte) && !all.TryGetProperty("Separator", out _);
        // From 1.0 on the start and the surroundings stand in a block of their own.
        JsonElement start = Part(root, "Initial conditions"), surroundings = Part(root, "Thermal environment");
        var set = new ParameterSet
        {
            Id = id,
            Title = Text(header, "Title", id),
            Source = Text(header, "Description", Text(header, "References", "BPX file without a description")),
            CapacityAh = Number(cell, "Nominal cell capacity [A.h]"),
            LowerVoltageV = Number(cell, "Lower voltage cut-off [V]"),
            UpperVoltageV = Number(cell, "Upper voltage cut-off [V]"),
            ElectrodeAreaM2 = Number(cell, "Electrode area [m2]") * pairs,
            ReferenceTemperatureK = referenceK,
            AmbientTemperatureK = Number(surroundings, "Ambient temperature [K]", Number(cell, "Ambient temperature [K]", referenceK)),
            Negative = Electrode(all, "Negative electrode", true, isParticleOnly, referenceK),
            Separator = isParticleOnly ? NoSeparator : Separator(Child(all, "Separator")),
            Positive = Electrode(all, "Positive electrode", false, isParticleOnly, referenceK),
            Electrolyte = isParticleOnly ? NoElectrolyte(referenceK) : Electrolyte(Child(all, "Electrolyte"), start, referenceK),
            HeatCapacityJPerK = Number(cell, "Specific heat capacity [J.K-1.kg-1]", double.NaN) * Number(cell, "Density [kg.m-3]", double.NaN) * volume,
            CoolingWPerK = Number(surroundings, "Heat transfer coefficient [W.m-2.K-1]", Number(cell, "Heat transfer coefficient [W.m-2.K-1]", double.NaN)) * Number(cell, "External surface area [m2]", double.NaN),
            VolumeM3 = volume,
        };

        // The windows say how much lithium there is; the cell starts where it has the upper cut-off voltage, or where its state says.
        (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(Number(start, "Initial state-of-charge", 1));
        return set with
        {
            Negative = At(set.Negative, negative, referenceK),
            Positive = At(set.Positive, positive, referenceK),
        };
    }

    // A later standard may mean something else by the same name: better refused than guessed. Told as a number or a text: 0.4, "1.0.0".
    static void RefuseUnknown(JsonElement version)
    {
        string told = version.ValueKind == JsonValueKind.String ? version.GetString()! : version.GetRawText();
        string[] parts = told.Split('.');
        bool isKnown = int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) && (major == 1 || (major == 0 && parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor) && minor is >= 1 and <= 5));
        if (!isKnown) throw new FormatException($"the file is of BPX {told}; versions 0.1 to 0.5 and 1.x are read");
    }

    static ElectrodeParameters At(ElectrodeParameters electrode, double stoichiometry, double referenceK) => electrode with
    {
        InitialStoichiometry = stoichiometry,
        Second = electrode.Second is { } second ? second with { InitialStoichiometry = electrode.SecondStoichiometry(stoichiometry, referenceK) } : null,
    };

    static readonly SeparatorParameters NoSeparator = new() { ThicknessM = double.NaN, PorosityFraction = double.NaN, TransportFraction = double.NaN };

    static SeparatorParameters Separator(JsonElement at) => new()
    {
        ThicknessM = Number(at, "Thickness [m]"),
        PorosityFraction = Number(at, "Porosity"),
        TransportFraction = Number(at, "Transport efficiency"),
    };

    /// <summary>The single particle needs cₑ/cₑ₀ alone, which is 1.</summary>
    static ElectrolyteParameters NoElectrolyte(double referenceK)
    {
        ConstantFunction unknown = new(double.NaN, new(0, referenceK));
        return new() { ConcentrationMolPerM3 = 1, TransferenceFraction = unknown, ThermodynamicFactor = unknown, ConductivitySPerM = unknown, DiffusivityM2PerS = unknown };
    }

    static ElectrolyteParameters Electrolyte(JsonElement at, JsonElement start, double referenceK) => new()
    {
        ConcentrationMolPerM3 = start.TryGetProperty("Initial electrolyte concentration [mol.m-3]", out _)
            ? Number(start, "Initial electrolyte concentration [mol.m-3]")
            : Number(at, "Initial concentration [mol.m-3]"),
        TransferenceFraction = new ConstantFunction(Number(at, "Cation transference number"), new(0, referenceK)),
        ThermodynamicFactor = new ConstantFunction(1, new(0, referenceK)),
        ConductivitySPerM = Function(at, "Conductivity", " [S.m-1]", false, referenceK),
        DiffusivityM2PerS = Function(at, "Diffusivity", " [m2.s-1]", false, referenceK),
    };

    static ElectrodeParameters Electrode(JsonElement all, string name, bool startsFull, bool isParticleOnly, double referenceK)
    {
        var at = Child(all, name);
        if (!at.TryGetProperty("Particle", out var particles)) return WithUsersBranches(Material(at, at, startsFull, isParticleOnly, referenceK), all, name, referenceK);
        var materials = particles.EnumerateObject().Select(p => Material(at, p.Value, startsFull, isParticleOnly, referenceK)).ToList();
        return materials.Count switch
        {
            1 => materials[0],
            2 => materials[0] with { Second = materials[1] },
            _ => throw new FormatException($"'{name}' is blended of {materials.Count} materials: one or two can be run"),
        };
    }

    /// <summary>Before 1.0 the standard has no word for hysteresis: its example names the branches so, and leaves the potential itself at 0.</summary>
    static ElectrodeParameters WithUsersBranches(ElectrodeParameters electrode, JsonElement all, string name, double referenceK)
    {
        string leaving = name + " delithiation OCP", entering = name + " lithiation OCP";
        if (!all.TryGetProperty("User-defined", out var own) || !own.TryGetProperty(leaving + " [V]", out _) || !own.TryGetProperty(entering + " [V]", out _)) return electrode;
        return electrode with { OpenCircuitPotentialV = Function(own, leaving, " [V]", true, referenceK), EnteringPotentialV = Function(own, entering, " [V]", true, referenceK) };
    }

    static ElectrodeParameters Material(JsonElement layer, JsonElement at, bool startsFull, bool isParticleOnly, double referenceK)
    {
        double radius = Number(at, "Particle radius [m]");
        bool hasBranches = at.TryGetProperty("OCP (delithiation) [V]", out _);
        double OfLayer(string word) => isParticleOnly ? double.NaN : Number(layer, word);
        return new()
        {
            ThicknessM = Number(layer, "Thickness [m]"),
            PorosityFraction = OfLayer("Porosity"),
            ActiveFraction = Number(at, "Surface area per unit volume [m-1]") * radius / 3,
            TransportFraction = OfLayer("Transport efficiency"),
            ConductivitySPerM = OfLayer("Conductivity [S.m-1]"),
            ParticleRadiusM = radius,
            MaximumConcentrationMolPerM3 = Number(at, "Maximum concentration [mol.m-3]"),
            InitialStoichiometry = Number(at, startsFull ? "Maximum stoichiometry" : "Minimum stoichiometry"),
            OpenCircuitPotentialV = Function(at, hasBranches ? "OCP (delithiation)" : "OCP", " [V]", true, referenceK),
            EnteringPotentialV = hasBranches ? Function(at, "OCP (lithiation)", " [V]", true, referenceK) : null,
            EntropicVPerK = at.TryGetProperty("Entropic change coefficient [V.K-1]", out _)
                ? Function(at, "Entropic change coefficient", " [V.K-1]", true, referenceK)
                : new ConstantFunction(0, new(0, referenceK)),
            DiffusivityM2PerS = Function(at, "Diffusivity", " [m2.s-1]", true, referenceK),
            ExchangeCurrent = new(Constants.FaradayCPerMol * Number(at, "Reaction rate constant [mol.m-2.s-1]"), 0.5, 0.5, 0.5,
                new(Number(at, "Reaction rate constant activation energy [J.mol-1]", 0), referenceK)),
        };
    }

    static MaterialFunction Function(JsonElement at, string name, string unit, bool ofStoichiometry, double referenceK)
    {
        var value = Child(at, name + unit);
        var arrhenius = new Arrhenius(Number(at, name + " activation energy [J.mol-1]", 0), referenceK);
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                return new ConstantFunction(value.GetDouble(), arrhenius);
            case JsonValueKind.Object:
                return FunctionTable.Read(value, name, arrhenius);
            case JsonValueKind.String:
                var formula = Expression.Parse(value.GetString()!, "x");
                return formula.Uses("x") ? ParameterSetReader.Tabulate(formula, ofStoichiometry, 1, arrhenius) : new ConstantFunction(formula.Value(0), arrhenius);
            default:
                throw new FormatException($"'{name}{unit}' must be a number, a formula or a table");
        }
    }

    static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>A part of the block State, which files before 1.0 do not have.</summary>
    static JsonElement Part(JsonElement root, string name) =>
        root.TryGetProperty("State", out var state) && state.ValueKind == JsonValueKind.Object && state.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part : Nothing;

    static JsonElement Child(JsonElement at, string name) =>
        at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var child) ? child : throw new FormatException($"'{name}' is missing");

    static string Text(JsonElement at, string name, string otherwise) =>
        at.TryGetProperty(name, out var child) && child.ValueKind == JsonValueKind.String ? child.GetString()! : otherwise;

    static double Number(JsonElement at, string name) =>
        Child(at, name) is { ValueKind: JsonValueKind.Number } child ? child.GetDouble() : throw new FormatException($"'{name}' must be a number");

    static double Number(JsonElement at, string name, double otherwise) => at.TryGetProperty(name, out _) ? Number(at, name) : otherwise;
}
