using System.Text.Json;
using System.Text.Json.Nodes;

namespace AiBms.Battery.Electrochemistry.Parameters;

/// <summary>Writes a parameter set as a Battery Parameter eXchange (BPX) file, version 1.0.</summary>
/// <remarks>
/// BPX standard, https://github.com/FaradayInstitution/BPX: 1.0 has a block State where 0.x had its temperatures and its salt among the
/// parameters. Functions become tables at the reference temperature with an activation energy each. What the standard has no word for is named
/// in the file's description.
/// </remarks>
public static class BpxWriter
{
    const int StoichiometryPoints = 499, ConcentrationPoints = 200;
    const double LeastStoichiometry = 0.002, LargestMolPerM3 = 4000, LeastMolPerM3 = 1, WarmerK = 20;

    /// <summary>Only the products density·heat·volume and coefficient·surface have a meaning; one factor of each is put to this.</summary>
    const double NominalKgPerM3 = 1000, NominalAreaM2 = 1;

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The file's text.</summary>
    public static string Write(ParameterSet set)
    {
        if (set.IsBlended) throw new ArgumentException($"'{set.Id}' has two materials in an electrode: blended files are read but not written", nameof(set));
        if (!set.HasElectrolyte) throw new ArgumentException($"'{set.Id}' has no electrolyte and no separator: files for the single particle alone are read but not written", nameof(set));
        List<string> lost = [];
        var balance = new ElectrodeBalance(set);
        (double negativeFull, double positiveFull) = balance.Stoichiometries(1);
        (double negativeEmpty, double positiveEmpty) = balance.Stoichiometries(0);
        var cell = new JsonObject
        {
            ["Reference temperature [K]"] = set.ReferenceTemperatureK,
            ["Lower voltage cut-off [V]"] = set.LowerVoltageV,
            ["Upper voltage cut-off [V]"] = set.UpperVoltageV,
            ["Nominal cell capacity [A.h]"] = set.CapacityAh,
            ["Electrode area [m2]"] = set.ElectrodeAreaM2,
            ["Number of electrode pairs connected in parallel to make a cell"] = 1,
        };
        var surroundings = new JsonObject { ["Ambient temperature [K]"] = set.AmbientTemperatureK };
        if (set.HeatCapacityJPerK > 0 && set.VolumeM3 > 0)
        {
            cell["Volume [m3]"] = set.VolumeM3;
            cell["Density [kg.m-3]"] = NominalKgPerM3;
            cell["Specific heat capacity [J.K-1.kg-1]"] = set.HeatCapacityJPerK / (NominalKgPerM3 * set.VolumeM3);
            lost.Add("density and specific heat apart (their product with the volume is right)");
        }

        if (set.CoolingWPerK >= 0)
        {
            cell["External surface area [m2]"] = NominalAreaM2;
            surroundings["Heat transfer coefficient [W.m-2.K-1]"] = set.CoolingWPerK / NominalAreaM2;
            lost.Add("surface and heat transfer coefficient apart (their product is right)");
        }

        if (set.Negative.EnteringPotentialV is not null || set.Positive.EnteringPotentialV is not null) lost.Add("potentials of their own while lithium enters");
        if (set.ContactResistanceOhm != 0) lost.Add(FormattableString.Invariant($"the contact resistance of {set.ContactResistanceOhm} ohm"));
        var electrolyte = Electrolyte(set, lost);
        var parameters = new JsonObject
        {
            ["Cell"] = cell,
            ["Electrolyte"] = electrolyte,
            ["Negative electrode"] = Electrode(set, set.Negative, "negative electrode", negativeEmpty, negativeFull, lost),
            ["Positive electrode"] = Electrode(set, set.Positive, "positive electrode", positiveFull, positiveEmpty, lost),
            ["Separator"] = new JsonObject
            {
                ["Thickness [m]"] = set.Separator.ThicknessM,
                ["Porosity"] = set.Separator.PorosityFraction,
                ["Transport efficiency"] = set.Separator.TransportFraction,
            },
        };
        string without = lost.Count == 0 ? "" : $" BPX has no words for: {string.Join("; ", lost)}.";
        return new JsonObject
        {
            ["Header"] = new JsonObject
            {
                ["BPX"] = "1.0.0",
                ["Title"] = set.Title,
                ["Description"] = $"Parameter set {set.Id}; functions as tables.{without}",
                ["References"] = set.Source,
                ["Model"] = "DFN",
            },
            ["State"] = new JsonObject
            {
                ["Initial conditions"] = new JsonObject
                {
                    ["Initial state-of-charge"] = Math.Clamp(balance.Soc(set.Negative.InitialStoichiometry), 0, 1),
                    ["Initial temperature [K]"] = set.AmbientTemperatureK,
                    ["Initial electrolyte concentration [mol.m-3]"] = set.Electrolyte.ConcentrationMolPerM3,
                },
                ["Thermal environment"] = surroundings,
            },
            ["Parameterisation"] = parameters,
        }.ToJsonString(Indented);
    }

    static JsonObject Electrolyte(ParameterSet set, List<string> lost)
    {
        var from = set.Electrolyte;
        double rest = from.ConcentrationMolPerM3, referenceK = set.ReferenceTemperatureK;
        if (!from.TransferenceFraction.IsConstant) lost.Add("a transference number that varies (the one at rest is written)");
        if (!from.ThermodynamicFactor.IsConstant || from.ThermodynamicFactor.At(rest, referenceK) != 1) lost.Add("the thermodynamic factor");
        var to = new JsonObject { ["Cation transference number"] = from.TransferenceFraction.At(rest, referenceK) };
        Function(to, "Conductivity", " [S.m-1]", from.ConductivitySPerM, referenceK, LeastMolPerM3, LargestMolPerM3, ConcentrationPoints, "conductivity of the electrolyte", lost);
        Function(to, "Diffusivity", " [m2.s-1]", from.DiffusivityM2PerS, referenceK, LeastMolPerM3, LargestMolPerM3, ConcentrationPoints, "diffusivity of the electrolyte", lost);
        return to;
    }

    static JsonObject Electrode(ParameterSet set, ElectrodeParameters from, string name, double least, double most, List<string> lost)
    {
        double referenceK = set.ReferenceTemperatureK;
        var exchange = from.ExchangeCurrent;
        if (exchange is not { ElectrolyteExponent: 0.5, LithiatedExponent: 0.5, VacantExponent: 0.5 }) lost.Add($"the exponents of the exchange current of the {name} (all are 0.5 in BPX)");
        var to = new JsonObject
        {
            ["Thickness [m]"] = from.ThicknessM,
            ["Porosity"] = from.PorosityFraction,
            ["Transport efficiency"] = from.TransportFraction,
            ["Conductivity [S.m-1]"] = from.ConductivitySPerM,
            ["Minimum stoichiometry"] = least,
            ["Maximum stoichiometry"] = most,
            ["Maximum concentration [mol.m-3]"] = from.MaximumConcentrationMolPerM3,
            ["Particle radius [m]"] = from.ParticleRadiusM,
            ["Surface area per unit volume [m-1]"] = from.SurfacePerM,
            ["OCP [V]"] = Table(from.OpenCircuitPotentialV, referenceK, LeastStoichiometry, 1 - LeastStoichiometry, StoichiometryPoints),
            ["Reaction rate constant [mol.m-2.s-1]"] = exchange.ReferenceAPerM2 * exchange.Temperature.Factor(referenceK) / Constants.FaradayCPerMol,
            ["Reaction rate constant activation energy [J.mol-1]"] = exchange.Temperature.ActivationJPerMol,
        };
        to["Entropic change coefficient [V.K-1]"] = from.EntropicVPerK.IsConstant
            ? from.EntropicVPerK.At(0.5, referenceK)
            : Table(from.EntropicVPerK, referenceK, LeastStoichiometry, 1 - LeastStoichiometry, StoichiometryPoints);
        Function(to, "Diffusivity", " [m2.s-1]", from.DiffusivityM2PerS, referenceK, LeastStoichiometry, 1 - LeastStoichiometry, StoichiometryPoints, $"diffusivity in the {name}", lost);
        return to;
    }

    /// <summary>A number or a table, with the activation energy that its value 20 K above the reference says.</summary>
    static void Function(JsonObject to, string name, string unit, MaterialFunction from, double referenceK, double low, double high, int points, string words, List<string> lost)
    {
        double middle = 0.5 * (low + high);
        to[name + unit] = from.IsConstant ? from.At(middle, referenceK) : Table(from, referenceK, low, high, points);
        double Activation(double x) => Constants.GasJPerMolK * Math.Log(from.At(x, referenceK + WarmerK) / from.At(x, referenceK)) / (1 / referenceK - 1 / (referenceK + WarmerK));
        double there = Activation(0.4 * high), lower = Activation(0.1 * high), upper = Activation(0.8 * high);
        if (Math.Max(Math.Abs(lower - there), Math.Abs(upper - there)) > Math.Max(100, 0.02 * Math.Abs(there))) lost.Add($"how temperature acts on the {words} away from the middle of its range");
        to[name + " activation energy [J.mol-1]"] = Math.Abs(there) < 1 ? 0 : there;
    }

    static JsonObject Table(MaterialFunction from, double referenceK, double low, double high, int points)
    {
        JsonArray x = [], y = [];
        for (int i = 0; i < points; i++)
        {
            double at = low + (high - low) * i / (points - 1);
            x.Add((JsonNode)at);
            y.Add((JsonNode)from.At(at, referenceK));
        }

        return new() { ["x"] = x, ["y"] = y };
    }
}
