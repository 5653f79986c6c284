using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Battery;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Electrochemistry.Sensitivities;
using AiBms.Cli.Shell;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary>Runs an experiment on a physics-based model and writes how its voltage moves with parameters.</summary>
static class SensitivitySimulation
{
    /// <summary>Runs and writes; the summary goes to stderr.</summary>
    public static int Run(ParameterSet set, IReadOnlyList<ExperimentStep> steps, PhysicsRequest request, Talk talk)
    {
        if (request.IsAgeing || request.Plot is not null) throw new UsageException("--sensitivity goes neither with --ageing nor with --plot.");
        SetParameter[] parameters;
        try
        {
            parameters = [.. request.Sensitivities.Select(SetParameters.Find)];
        }
        catch (FormatException problem)
        {
            throw new UsageException($"--sensitivity: {problem.Message}.");
        }

        if (parameters.FirstOrDefault(p => !(p.Get(set) > 0)) is { } none) throw new DataException($"'{none.Name}' of {set.Id} is {none.Get(set)}: a sensitivity to its logarithm needs a number above 0.");
        var sensitivities = new SensitivityRun(Model, Start);
        double endS = sensitivities.Of(set, [], steps, []).EndS;
        double[] timesS = [.. Enumerable.Range(0, 1 + (int)(endS / request.PeriodS)).Select(k => k * request.PeriodS)];
        var run = sensitivities.Of(set, parameters, steps, timesS);
        using (var file = request.Output is { } path ? new OutputFile(path) : null)
        {
            var to = file?.Writer ?? (talk.IsJson ? TextWriter.Null : talk.Data);
            to.WriteLine("time_s,voltage_v" + string.Concat(parameters.Select(p => $",d_voltage_v_by_ln_{p.Name.Replace('.', '_')}")));
            for (int i = 0; i < run.Reached; i++)
            {
                static string Cell(double v) => double.IsFinite(v) ? v.ToString("g9", CultureInfo.InvariantCulture) : "";
                to.WriteLine($"{Cell(timesS[i])},{Cell(run.VoltageV[i])}{string.Concat(run.ByLogarithmV.Select(column => "," + Cell(column[i])))}");
            }

            file?.Keep();
        }

        talk.Say(string.Create(CultureInfo.InvariantCulture, $"the experiment ends after {run.EndS:0.0} s"));
        for (int p = 0; p < parameters.Length; p++)
        {
            double[] known = [.. run.ByLogarithmV[p].Where(double.IsFinite)];
            talk.Say(string.Create(CultureInfo.InvariantCulture,
                $"{parameters[p].Name}: 1 % more moves the voltage by {10 * Math.Sqrt(known.Average(v => v * v)):0.000} mV (root mean square) and the end by {run.EndByLogarithmS[p] / 100:+0.00;-0.00;0} s"));
        }

        if (talk.IsJson)
        {
            talk.WriteJson(new JsonObject
            {
                ["cell"] = set.Id,
                ["endS"] = SimulationJson.Number(run.EndS),
                ["parameters"] = new JsonArray([.. parameters.Select((parameter, p) => (JsonNode)new JsonObject
                {
                    ["name"] = parameter.Name,
                    ["voltageVByLogarithm"] = new JsonArray([.. run.ByLogarithmV[p].Take(run.Reached).Select(value => (JsonNode?)SimulationJson.Number(value))]),
                    ["endSByLogarithm"] = SimulationJson.Number(run.EndByLogarithmS[p]),
                })]),
                ["timesS"] = new JsonArray([.. timesS.Take(run.Reached).Select(value => (JsonNode?)SimulationJson.Number(value))]),
                ["out"] = request.Output,
            });
        }

        return ExitCode.Ok;

        ElectrochemicalCell Model(ParameterSet of)
        {
            var cell = CellFactory.Create(request.Model, of, request.Resolution, request.IsThermal);
            if (!double.IsNaN(request.AmbientDegC)) cell.AmbientTemperatureK = Units.ToKelvin(request.AmbientDegC);
            return cell;
        }

        (double, double) Start(ParameterSet of) => double.IsNaN(request.StartSoc)
            ? (of.Negative.InitialStoichiometry, of.Positive.InitialStoichiometry)
            : new ElectrodeBalance(of).Stoichiometries(request.StartSoc);
    }
}
