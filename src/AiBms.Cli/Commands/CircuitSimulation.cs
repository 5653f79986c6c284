using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Battery.Simulation;
using AiBms.Cli.Shell;
using AiBms.Learning.Physics;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary>Runs an experiment on a cell's equivalent circuit and writes what its terminals do.</summary>
static class CircuitSimulation
{
    /// <summary>Runs and writes; the summary goes to stderr.</summary>
    /// <param name="cellName">Name or file of a cell, or name of a parameter set whose circuit is made first.</param>
    /// <param name="text">The experiment.</param>
    /// <param name="startSoc">State of charge at the start, 0…1.</param>
    /// <param name="ambientDegC">Temperature of the surroundings, °C.</param>
    /// <param name="isThermal">Whether the cell warms by its own heat.</param>
    /// <param name="periodS">Seconds between rows.</param>
    /// <param name="output">File; null for stdout.</param>
    /// <param name="plot">Picture; null for none.</param>
    /// <param name="talk">Where output goes.</param>
    public static int Run(string cellName, string text, double startSoc, double ambientDegC, bool isThermal, double periodS, string? output, string? plot, Talk talk)
    {
        (var cell, double ratedAh) = Cell(cellName, text, talk);
        var figure = plot is null ? null : new CircuitFigure();
        IReadOnlyList<StepResult> results;
        try
        {
            var steps = Parse(text, ratedAh);
            var run = new CircuitExperiment(cell, startSoc, ambientDegC, isThermal);
            using var file = output is null ? null : new OutputFile(output);
            results = Write(run, steps, periodS, file?.Writer ?? (talk.IsJson ? TextWriter.Null : talk.Data), figure);
            file?.Keep();
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw new DataException(Plain.Words(problem), problem);
        }

        if (output is not null) talk.Say($"wrote {output}");
        if (figure is not null)
        {
            figure.Save(plot!, cell.Id);
            talk.Say($"wrote {plot}");
        }

        foreach (var result in results) talk.Say(PhysicsSimulation.Words(result));
        if (talk.IsJson) talk.WriteJson(SimulationJson.Of("ecm", cellName, results, output, plot));
        return results[^1].Succeeded ? ExitCode.Ok : ExitCode.Model;
    }

    /// <summary>The cell, and the capacity that 1C is of: a set's circuit keeps the set's own, so that all models do the same.</summary>
    static (CellType Cell, double RatedAh) Cell(string name, string text, Talk talk)
    {
        var sets = new ParameterSetCatalogue(Home.ParameterSets);
        if (!sets.Names.Contains(name, StringComparer.Ordinal))
        {
            var cell = new CellCatalogue(Home.Cells).Find(name);
            return (cell, cell.CapacityAh);
        }

        try
        {
            var set = sets.Find(name);
            // A mistake in the words should not wait for the circuit.
            _ = Parse(text, set.CapacityAh);
            talk.Say($"{name} is a parameter set: its circuit is made from pulses of the SPMe, some seconds (export --target circuit --cell {name} keeps it)");
            return (ExportCircuit.Of(set, name), set.CapacityAh);
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw new DataException(Plain.Words(problem), problem);
        }
    }

    static IReadOnlyList<ExperimentStep> Parse(string text, double ratedAh) => new ExperimentParser(ratedAh, DriveCycleFile.Read).Parse(text);

    static IReadOnlyList<StepResult> Write(CircuitExperiment run, IReadOnlyList<ExperimentStep> steps, double periodS, TextWriter writer, CircuitFigure? figure)
    {
        writer.WriteLine("time_s,step,current_A,voltage_V,temperature_degC,charge_Ah,energy_Wh,soc");
        return run.Run(steps, periodS, at =>
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{at.TimeS:0.######},{at.StepNumber},{at.CurrentA:0.######},{at.VoltageV:0.000000},{at.TemperatureDegC:0.0000},{at.ChargeAh:0.000000},{at.EnergyWh:0.000000},{at.Soc:0.000000}"));
            figure?.Add(at);
        });
    }
}
