using System.Globalization;
using System.Text.Json.Nodes;
using AiBms.Battery.Ageing;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Cli.Shell;
using AiBms.Learning.Physics;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary>Runs a life of like cycles on a physics-based model and writes what each took: <c>simulate --model … --ageing --cycles N</c>.</summary>
static class LifeSimulation
{
    /// <summary>Runs and writes; the summary goes to stderr.</summary>
    public static int Run(ElectrochemicalCell cell, IReadOnlyList<ExperimentStep> cycle, PhysicsRequest request, Talk talk)
    {
        var life = new LifeRunner(cell, cycle, new());
        IReadOnlyList<LifePoint> points;
        try
        {
            points = life.Run(request.Cycles);
        }
        catch (ArgumentException problem)
        {
            throw new DataException(Plain.Words(problem), problem);
        }

        if (request.Output is { } path)
        {
            using OutputFile file = new(path);
            Write(points, file.Writer);
            file.Keep();
            talk.Say($"wrote {path}");
        }
        else if (!talk.IsJson) Write(points, talk.Data);

        if (request.Plot is { } picture && points.Count > 1)
        {
            LifeFigure.Save(points, cell.Set.Title, picture);
            talk.Say($"wrote {picture}");
        }

        if (points.Count > 0)
        {
            (var first, var last) = (points[0], points[^1]);
            talk.Say(string.Create(CultureInfo.InvariantCulture,
                $"{last.Cycle} cycles, {life.FullCycles} of them run in full, the others jumped over: capacity {first.Losses.CapacityAh:0.000} Ah to {last.Losses.CapacityAh:0.000} Ah"));
            talk.Say(string.Create(CultureInfo.InvariantCulture,
                $"lithium lost {100 * last.Losses.LithiumLossFraction:0.00} %, negative material {100 * last.Losses.NegativeLossFraction:0.00} %, positive {100 * last.Losses.PositiveLossFraction:0.00} %, resistance {1000 * first.ResistanceOhm:0.0} to {1000 * last.ResistanceOhm:0.0} mΩ"));
        }

        if (talk.IsJson) talk.WriteJson(Json(points, life, request));
        if (life.Failure is not { } failure) return ExitCode.Ok;
        talk.Say($"the life ended early, in the step '{failure.Step.Text}': {PhysicsSimulation.Words(failure.End)}");
        return ExitCode.Model;
    }

    static JsonObject Json(IReadOnlyList<LifePoint> points, LifeRunner life, PhysicsRequest request) => new()
    {
        ["model"] = request.Model.ToString().ToLowerInvariant(),
        ["cell"] = request.Cell,
        ["cycles"] = new JsonArray([.. points.Select(point => (JsonNode)new JsonObject
        {
            ["cycle"] = point.Cycle,
            ["dischargedAh"] = SimulationJson.Number(point.DischargedAh),
            ["capacityAh"] = SimulationJson.Number(point.Losses.CapacityAh),
            ["resistanceOhm"] = SimulationJson.Number(point.ResistanceOhm),
            ["lithiumLossFraction"] = SimulationJson.Number(point.Losses.LithiumLossFraction),
            ["negativeLossFraction"] = SimulationJson.Number(point.Losses.NegativeLossFraction),
            ["positiveLossFraction"] = SimulationJson.Number(point.Losses.PositiveLossFraction),
        })]),
        ["endedEarly"] = life.Failure is { } failure ? PhysicsSimulation.Words(failure.End) : null,
        ["out"] = request.Output,
        ["plot"] = request.Plot,
    };

    static void Write(IReadOnlyList<LifePoint> points, TextWriter to)
    {
        to.WriteLine("cycle,discharged_Ah,capacity_Ah,resistance_ohm,lithium_loss_fraction,negative_loss_fraction,positive_loss_fraction,side_reactions_Ah,film_m");
        foreach (var point in points)
        {
            var loss = point.Losses;
            to.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{point.Cycle},{point.DischargedAh:0.00000},{loss.CapacityAh:0.00000},{point.ResistanceOhm:0.000000},{loss.LithiumLossFraction:0.000000},{loss.NegativeLossFraction:0.000000},{loss.PositiveLossFraction:0.000000},{loss.SideReactionsAh:0.000000},{loss.FilmThicknessM:0.000e0}"));
        }
    }
}
