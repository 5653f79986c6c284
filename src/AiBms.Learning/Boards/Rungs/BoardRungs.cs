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

    /// <summary>Tables of a model that can be trained alone: protocols, or sets of temperature.</summary>
    /// <param name="model">One of <see cref="Models"/>.</param>
    /// <param name="only">One table alone; null for all.</param>
    /// <param name="say">Told what is being trained.</param>
    /// <returns>False where there is no table of that name.</returns>
    public bool Train(string model, string? only, IProgress<string> say)
    {
        bool found = false;
        if (model == "temp")
        {
            foreach (string set in TemperatureProtocols.Sets.Where(set => only is null || set == only))
            {
                new TemperatureBoard(data, cells, unseenCell).Train(set, library, store, say);
                found = true;
            }

            if (only == TripProtocols.Set || (only is null && TripProtocols.IsIn(data)))
            {
                foreach (var protocol in TripProtocols.All(data)) HealthRungs.Train(protocol, store, say);
                found = true;
            }

            return found;
        }

        foreach (var protocol in (model == "soh" ? SohProtocols.All(data, library) : RulProtocols.All(data, library)).Where(protocol => only is null || protocol.Id == only))
        {
            HealthRungs.Train(protocol, store, say);
            found = true;
        }

        return found;
    }
}
