using System.Globalization;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;

namespace AiBms.Learning.Physics;

/// <summary>A reference curve, and how we run the same case.</summary>
/// <param name="Curve">The curve.</param>
/// <param name="Set">The cell.</param>
/// <param name="Kind">The model.</param>
/// <param name="IsThermal">Lumped temperature or isothermal.</param>
/// <param name="Profile">Name of the load.</param>
sealed record ReferenceCase(ReferenceCurve Curve, ParameterSet Set, ModelKind Kind, bool IsThermal, string Profile)
{
    /// <summary>Reads Set_Model_thermal_profile[_truth] from the folder.</summary>
    public static ReferenceCase Read(string folder, string name, ParameterSetCatalogue sets)
    {
        var curve = ReferenceCurve.Read(Path.Combine(folder, "pybamm"), name);
        string[] parts = name.Split('_');
        return new(curve, sets.Find(parts[0].ToLowerInvariant()), Enum.Parse<ModelKind>(parts[1], ignoreCase: true), parts[2] == "lumped", parts[3]);
    }

    /// <summary>The load in our own words; a drive cycle by the curve's scale.</summary>
    public IReadOnlyList<ExperimentStep> Steps(string folder)
    {
        var parser = new ExperimentParser(Set.CapacityAh, _ => new(DriveA(folder)));
        string lower = Set.LowerVoltageV.ToString(CultureInfo.InvariantCulture), upper = Set.UpperVoltageV.ToString(CultureInfo.InvariantCulture);
        return parser.Parse(Profile switch
        {
            "cccv" => $"Charge at 0.5C until {upper} V; Hold at {upper} V until C/50",
            "gitt" => "repeat 4 { Discharge at 1C for 360 s; Rest for 1800 s }",
            "us06" or "us06x2" => "Drive cycle US06",
            _ when Profile.StartsWith("dis", StringComparison.Ordinal) => $"Discharge at {Profile[3..]} until {lower} V",
            _ => throw new Telemetry.DataException($"the profile '{Profile}' of {Curve.Name} is not known."),
        });
    }

    /// <summary>A runner at the curve's own start.</summary>
    public ExperimentRunner Runner(ElectrochemicalCell cell)
    {
        var runner = new ExperimentRunner(cell) { PeriodS = double.PositiveInfinity };
        Restart(runner);
        return runner;
    }

    /// <summary>Puts a runner back to the curve's start.</summary>
    public void Restart(ExperimentRunner runner) =>
        runner.Rest(Curve["Negative electrode stoichiometry"][0], Curve["Positive electrode stoichiometry"][0]);

    double[] DriveA(string folder)
    {
        double scale = -Curve.Meta.GetProperty("current_scale").GetDouble();
        using var text = new StreamReader(ReferenceCurve.Open(Path.Combine(folder, "drive_cycles", "US06.csv")));
        List<double> knots = [];
        while (text.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#') knots.Add(scale * double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture));
        return [.. knots];
    }
}
