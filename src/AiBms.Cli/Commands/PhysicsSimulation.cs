using System.Globalization;
using AiBms.Battery;
using AiBms.Battery.Ageing;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Cli.Shell;
using AiBms.Learning.Physics;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary>Runs an experiment on a physics-based model and writes what its terminals, its heat and its electrodes do.</summary>
static class PhysicsSimulation
{
    /// <summary>Runs and writes; the summary goes to stderr.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="talk">Where output goes.</param>
    public static int Run(PhysicsRequest request, Talk talk)
    {
        ParameterSet set;
        IReadOnlyList<ExperimentStep> steps;
        ElectrochemicalCell cell;
        try
        {
            var catalogue = new ParameterSetCatalogue(Home.ParameterSets);
            set = catalogue.Find(request.Cell);
            if (!double.IsNaN(request.CoreToCaseKPerW)) set = set with { CoreToCaseKPerW = request.CoreToCaseKPerW };
            steps = new ExperimentParser(set.CapacityAh, DriveCycleFile.Read).Parse(request.Experiment);
            var ageing = request.IsAgeing ? AgeingReader.Read(File.ReadAllText(catalogue.PathOf(request.Cell))) : null;
            if (steps.Any(step => !double.IsNaN(step.UntilSoc))) _ = new ElectrodeBalance(set);
            cell = CellFactory.Create(request.Model, set, request.Resolution, request.IsThermal, ageing);
        }
        catch (Exception problem) when (problem is FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new DataException(Plain.Words(problem), problem);
        }

        if (request.Sensitivities.Count > 0) return SensitivitySimulation.Run(set, steps, request, talk);
        if (!double.IsNaN(request.AmbientDegC)) cell.AmbientTemperatureK = Units.ToKelvin(request.AmbientDegC);
        if (request.Cycles > 0) return LifeSimulation.Run(cell, steps, request, talk);
        var runner = new ExperimentRunner(cell) { PeriodS = request.PeriodS };
        if (!double.IsNaN(request.StartSoc))
        {
            (double negative, double positive) = new ElectrodeBalance(set).Stoichiometries(request.StartSoc);
            runner.Rest(negative, positive);
        }

        var figure = request.Plot is null ? null : new PhysicsFigure();
        IReadOnlyList<StepResult> results;
        if (request.Output is { } path)
        {
            using OutputFile file = new(path);
            results = Run(runner, steps, file.Writer, cell, request.WithDetails, figure);
            file.Keep();
            talk.Say($"wrote {path}");
        }
        else results = Run(runner, steps, talk.IsJson ? TextWriter.Null : talk.Data, cell, request.WithDetails, figure);

        if (figure is not null)
        {
            figure.Save(request.Plot!, set);
            talk.Say($"wrote {request.Plot}");
        }

        foreach (var result in results) talk.Say(Words(result));
        if (talk.IsJson) talk.WriteJson(SimulationJson.Of(request.Model.ToString().ToLowerInvariant(), request.Cell, results, request.Output, request.Plot));
        if (request.IsAgeing) SayLosses(cell, runner, talk);
        return results[^1].Succeeded ? ExitCode.Ok : ExitCode.Model;
    }

    static void SayLosses(ElectrochemicalCell cell, ExperimentRunner runner, Talk talk)
    {
        try
        {
            var losses = LossModes.Of(cell, runner.State);
            var film = cell.Health(runner.State).Negative;
            talk.Say(string.Create(CultureInfo.InvariantCulture,
                $"aged: {losses.CapacityAh:0.0000} Ah between the cut-off voltages; lithium lost {100 * losses.LithiumLossFraction:0.000} %, negative material {100 * losses.NegativeLossFraction:0.0000} %, positive {100 * losses.PositiveLossFraction:0.0000} %"));
            talk.Say(string.Create(CultureInfo.InvariantCulture,
                $"lithium in films {1000 * film.FilmAh:0.00} mAh, plated {1000 * film.PlatedAh:0.00} mAh, dead {1000 * film.DeadAh:0.00} mAh; film {1e9 * film.FilmThicknessM:0.0} nm"));
        }
        catch (ArgumentException problem)
        {
            throw new DataException(Plain.Words(problem), problem);
        }
    }

    static IReadOnlyList<StepResult> Run(ExperimentRunner runner, IReadOnlyList<ExperimentStep> steps, TextWriter output, ElectrochemicalCell cell, bool withDetails, PhysicsFigure? figure)
    {
        runner.Observer = new PhysicsCsv(output, cell, withDetails, figure);
        return runner.Run(steps);
    }

    /// <summary>How a step went, in words.</summary>
    public static string Words(StepResult result) => string.Create(CultureInfo.InvariantCulture,
        $"step {result.Number}: {result.Step.Text}: {Words(result.End)} after {result.EndS - result.StartS:0.0} s, {SignedText.Of(result.ChargeAh, 4)} Ah, {SignedText.Of(result.EnergyWh, 4)} Wh");

    /// <summary>What ended a step, in words.</summary>
    public static string Words(StepEnd end) => end switch
    {
        StepEnd.Time => "time over",
        StepEnd.Voltage => "voltage reached",
        StepEnd.Current => "current reached",
        StepEnd.Temperature => "temperature reached",
        StepEnd.Soc => "state of charge reached",
        StepEnd.PlatingMargin => "plating margin reached",
        StepEnd.MetAtStart => "its end was met before it began",
        StepEnd.Infeasible => "the cell cannot carry this load",
        _ => "the model has no further solution: a particle or the electrolyte is empty or full",
    };
}
