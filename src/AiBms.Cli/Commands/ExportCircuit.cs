using System.Text;
using AiBms.Battery.Cells;
using AiBms.Battery.Electrochemistry;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Cli.Shell;
using AiBms.Learning.Identification.Electrodes;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary>The target <c>circuit</c>: what control and microcontrollers can run in place of a physics-based model.</summary>
static class ExportCircuit
{
    static readonly double[] s_temperatureDegC = [0, 10, 25, 40];
    static readonly double[] s_socFraction = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    /// <summary>The circuit of a parameter set, from pulses of its SPMe.</summary>
    public static CellType Of(ParameterSet set, string name) =>
        ReducedCircuit.Of(ModelKind.Spme, set, s_temperatureDegC, $"aibms export --target circuit --cell {Path.GetFileName(name)}").Cell;

    /// <summary>Writes a cell file with the circuit, and the table of plating resistance.</summary>
    public static IReadOnlyList<string> Write(ExportRequest request)
    {
        string name = request.CellName ?? throw new UsageException("This target begins from a parameter set: name it with --cell, such as chen2020.");
        try
        {
            var set = new ParameterSetCatalogue(Home.ParameterSets).Find(name);
            var circuit = Of(set, name);
            var plating = PlatingTableMaker.Of(ModelKind.Spme, set, s_temperatureDegC, s_socFraction);
            return request.Write([($"{circuit.Id}.json", Encoding.UTF8.GetBytes(CellFile.Format(circuit))), ($"{set.Id}_plating.csv", Encoding.UTF8.GetBytes(plating.ToCsv()))]);
        }
        catch (Exception problem) when (problem is FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new DataException(Plain.Words(problem), problem);
        }
    }
}
