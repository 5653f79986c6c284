using System.Text;
using AiBms.Battery.Electrochemistry.Parameters;
using AiBms.Cli.Shell;
using AiBms.Telemetry;

namespace AiBms.Cli.Commands;

/// <summary>The target <c>bpx</c>: a parameter set of a physics-based model for other tools.</summary>
static class ExportBpx
{
    /// <summary>Writes one file, named like the set.</summary>
    public static IReadOnlyList<string> Write(ExportRequest request)
    {
        string name = request.CellName ?? throw new UsageException("This target writes a parameter set: name it with --cell, such as chen2020.");
        try
        {
            var set = new ParameterSetCatalogue(Home.ParameterSets).Find(name);
            return request.Write([($"{set.Id}_BPX.json", Encoding.UTF8.GetBytes(BpxWriter.Write(set)))]);
        }
        catch (Exception problem) when (problem is FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new DataException(Plain.Words(problem), problem);
        }
    }
}
