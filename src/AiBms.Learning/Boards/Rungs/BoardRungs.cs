using AiBms.Battery.Cells;
using AiBms.Learning.Boards.Health;
using AiBms.Learning.Boards.Packs;
using AiBms.Learning.Boards.Temperature;
using AiBms.Learning.Learners;

namespace AiBms.Learning.Boards.Rungs;

/// <summary>Trains what the boards of health, life and temperature read: every learner on the training side of every split. Taken up where it stopped.</summary>
/// <param name="data">Folder of measured data.</param>
/// <param name="cells">Cells.</param>
/// <param name="unseenCell">Path of the cell that was identified without the ambient kept out.</param>
/// <param name="library">Learners that need a library.</param>
/// <param name="store">Where to.</param>
public sealed class BoardRungs(string data, CellCatalogue cells, string unseenCell, ILearnerLibrary library, RungStore store)
{
    /// <summary>Models whose boards read stored rungs.</summary>
    public static IReadOnlyList<string> Models { get; } = ["soh", "rul", "temp"];

    /// <summary>Tables of a model that can be trained alone, in order: protocols, or sets of temperature.</summary>
    /// <param name="model">One of <see cref="Models"/>.</param>
    public IReadOnlyList<string> Tables(string model) => model switch
    {
        "temp" => [.. TemperatureProtocols.Sets, .. TripProtocols.IsIn(data) ? [TripProtocols.Set] : Array.Empty<string>()],
        _ => [.. Health(model).Select(protocol => protocol.Id)],
    };

    /// <summary>Trains the tables of a model.</summary>
    /// <param name="model">One of <see cref="Models"/>.</param>
    /// <param name="only">One of its <see cref="Tables"/> alone; null for all.</param>
    /// <param name="say">Told what is being trained.</param>
    /// <returns>False where there is no table of that name.</returns>
    public bool Train(string model, string? only, IProgress<string> say)
    {
        string[] chosen = [.. Tables(model).Where(table => only is null || table == only)];
        if (model == "temp") foreach (string table in chosen) TrainTemperature(table, say);
        else foreach (var protocol in Health(model).Where(protocol => chosen.Contains(protocol.Id))) HealthRungs.Train(protocol, store, say);
        return chosen.Length > 0;
    }

    void TrainTemperature(string table, IProgress<string> say)
    {
        if (table != TripProtocols.Set) new TemperatureBoard(data, cells, unseenCell).Train(table, library, store, say);
        else foreach (var protocol in TripProtocols.All(data)) HealthRungs.Train(protocol, store, say);
    }

    IEnumerable<HealthProtocol> Health(string model) => model == "soh" ? SohProtocols.All(data, library) : RulProtocols.All(data, library);
}
