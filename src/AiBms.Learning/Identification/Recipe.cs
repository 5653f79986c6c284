using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiBms.Learning.Identification;

/// <summary>How a cell file is made: which recordings, in which role, from which state of charge. A JSON file, so that it can be run again.</summary>
public sealed record Recipe
{
    /// <summary>Id of the cell to make.</summary>
    public required string Id { get; init; }

    /// <summary>Other names.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>Maker and model in words.</summary>
    public string Name { get; init; } = "";

    /// <summary>Chemistry of the positive electrode.</summary>
    public string Chemistry { get; init; } = "";

    /// <summary>Reference capacity, Ah.</summary>
    public required double CapacityAh { get; init; }

    /// <summary>How the reference capacity was measured.</summary>
    public string CapacityMeasuredBy { get; init; } = "";

    /// <summary>How far the true capacity may be from the reference capacity, by the tests that measured it.</summary>
    public Battery.Cells.CapacityError? CapacityError { get; init; }

    /// <summary>What the cell is made for.</summary>
    public Battery.Cells.CellRatings? Ratings { get; init; }

    /// <summary>The measurements, with DOI.</summary>
    public string Data { get; init; } = "";

    /// <summary>Licence of the measurements.</summary>
    public string Licence { get; init; } = "";

    /// <summary>The recordings.</summary>
    public required RecipeFiles[] Files { get; init; }

    /// <summary>Temperature nodes of the fit, °C; null: about every 10 K over what was measured.</summary>
    public double[]? TemperatureNodesDegC { get; init; }

    /// <summary>First guesses of the pairs' time constants, s; their number is the number of pairs.</summary>
    public double[] TimeConstantsS { get; init; } = [4, 60, 3000];

    /// <summary>Hold the time constants at their first guesses.</summary>
    public bool HoldTimeConstants { get; init; }

    /// <summary>First guess of the charge-transfer knee at 25 °C, A; 0 for a linear circuit.</summary>
    public double KneeCurrentA { get; init; } = 4;

    /// <summary>Heat capacity of the core, J/K, by mass and specific heat; 0: resistances follow the case temperature.</summary>
    public double CoreHeatCapacityJPerK { get; init; }

    /// <summary>Thermal resistance from core to case, K/W: first guess, or the value when held.</summary>
    public double CoreToCaseKPerW { get; init; } = 2;

    /// <summary>Hold the thermal resistance from core to case: the cell hardly warms in the recordings.</summary>
    public bool HoldCoreToCase { get; init; }

    /// <summary>Fit the hysteresis.</summary>
    public bool FitHysteresis { get; init; } = true;

    /// <summary>Fit the entropic coefficient.</summary>
    public bool FitEntropic { get; init; } = true;

    /// <summary>Fit the bend of the OCV over temperature: needs recordings at four temperatures or more.</summary>
    public bool FitOcvBend { get; init; }

    /// <summary>How fast the hysteresis branch changes.</summary>
    public double HysteresisRate { get; init; } = 20;

    /// <summary>What is believed of half the distance between the branches before the data speak, V.</summary>
    public double HysteresisPriorV { get; init; }

    /// <summary>Arrhenius factor that resistances are drawn to over temperature, K: first guess, or the value when held.</summary>
    public double ResistanceActivationK { get; init; } = 3000;

    /// <summary>Hold every activation at its first guess: the data mix temperature with current and state of charge.</summary>
    public bool HoldActivations { get; init; }

    /// <summary>How strongly neighbouring resistances are held together (bigger: smoother).</summary>
    public double SmoothnessWeight { get; init; } = 5e-3;

    /// <summary>Look at rows densely after each step of the current and thinly far from one: for pulse tests, see <see cref="CircuitFitOptions.FollowSteps"/>.</summary>
    public bool FollowSteps { get; init; }

    /// <summary>Number of OCV nodes.</summary>
    public int OcvNodeCount { get; init; } = 101;

    /// <summary>Share of charge kept, when known from a source; 1 otherwise.</summary>
    public double CoulombicEfficiency { get; init; } = 1;

    /// <summary>What the data could not determine, in words, added to what the fit finds itself.</summary>
    public string[] NotIdentified { get; init; } = [];

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads a recipe.</summary>
    /// <exception cref="Telemetry.DataException">The file is not a recipe.</exception>
    public static Recipe Load(string path)
    {
        if (!File.Exists(path)) throw new Telemetry.DataException($"There is no recipe {path}.");
        try
        {
            return JsonSerializer.Deserialize<Recipe>(File.ReadAllBytes(path), Json)
                ?? throw new Telemetry.DataException($"Recipe {path} is empty.");
        }
        catch (JsonException problem)
        {
            throw new Telemetry.DataException($"Recipe {path} cannot be read: {problem.Message}", problem);
        }
    }
}
