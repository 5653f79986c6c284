using AiBms.Battery.Cells;
using AiBms.Learning.Boards.Health;
using AiBms.Learning.Boards.Rungs;
using AiBms.Learning.Learners;
using AiBms.Learning.Temperature;

namespace AiBms.Learning.Boards.Temperature;

/// <summary>Runs the temperature tables with stored models.</summary>
/// <param name="data">Folder of measured data.</param>
/// <param name="cells">Cells.</param>
/// <param name="unseenCell">Path of the cell that was identified without the ambient kept out.</param>
public sealed class TemperatureBoard(string data, CellCatalogue cells, string unseenCell)
{
    /// <summary>Scores one set.</summary>
    public TemperatureResult Run(string set, IReadOnlyList<ulong> seeds, RungStore store, string command, IProgress<string>? say = null)
    {
        say?.Report($"{set}: features");
        var tasks = TemperatureProtocols.Of(set, data, cells, unseenCell, new AbsentLibrary(), out double noiseK);
        return new(set, noiseK, [.. tasks.Select(entry => (entry.Task, HealthBoard.Run(entry.Protocol, seeds, store, command, say)))]);
    }

    /// <summary>Trains every rung of one set that is not stored yet.</summary>
    public void Train(string set, ILearnerLibrary library, RungStore store, IProgress<string>? say = null)
    {
        say?.Report($"{set}: features");
        foreach (var (_, protocol) in TemperatureProtocols.Of(set, data, cells, unseenCell, library, out _)) HealthRungs.Train(protocol, store, say);
    }
}
