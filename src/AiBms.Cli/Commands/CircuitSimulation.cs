using System.Globalization;
using AiBms.Battery.Cells;
using AiBms.Battery.Electrochemistry.Experiments;
using AiBms.Battery.Simulation;
using AiBms.Cli.Shell;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary>Runs an experiment on a cell's equivalent circuit and writes what its terminals do.</summary>
static class CircuitSimulation
{
    /// <summary>Runs and writes; the summary goes to stderr.</summary>
    /// <param name="cellName">Name or file of a cell.</param>
    /// <param name="text">The experiment.</param>
    /// <param name="startSoc">State of charge at the start, 0…1.</param>
    /// <param name="ambientDegC">Temperature of the surroundings, °C.</param>
    /// <param name="isThermal">Whether the cell warms by its own heat.</param>
    /// <param name="periodS">Seconds between rows.</param>
    /// <param name="output">File; null for stdout.</param>
    /// <param name="talk">Where output goes.</param>
    public static int Run(string cellName, string text, double startSoc, double ambientDegC, bool isThermal, double periodS, string? output, Talk talk)
    {
        var cell = new CellCatalogue(Home.Cells).Find(cellName);
        IReadOnlyList<StepResult> results;
        try
        {
            var steps = new ExperimentParser(cell.CapacityAh, PhysicsSimulation.DriveCycle).Parse(text);
            var run = new CircuitExperiment(cell, startSoc, ambientDegC, isThermal);
            using var file = output is null ? null : new StreamWriter(output);
            results = Write(run, steps, periodS, file ?? talk.Data);
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw new DataException(problem.Message, problem);
        }

        if (output is not null) talk.Say($"wrote {output}");
        foreach (var result in results) talk.Say(PhysicsSimulation.Words(result));
        return results[^1].Succeeded ? ExitCode.Ok : ExitCode.Model;
    }

    static IReadOnlyList<StepResult> Write(CircuitExperiment run, IReadOnlyList<ExperimentStep> steps, double periodS, TextWriter writer)
    {
        writer.WriteLine("time_s,step,current_A,voltage_V,temperature_degC,charge_Ah,energy_Wh,soc");
        return run.Run(steps, periodS, at => writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{at.TimeS:0.######},{at.StepNumber},{at.CurrentA:0.######},{at.VoltageV:0.000000},{at.TemperatureDegC:0.0000},{at.ChargeAh:0.000000},{at.EnergyWh:0.000000},{at.Soc:0.000000}")));
    }
}
