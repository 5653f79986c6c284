using AiBms.Battery.Cells;
using AiBms.Learning.Boards.Temperature;
using AiBms.Learning.Health;
using AiBms.Learning.Temperature;
using AiBms.Telemetry;

namespace AiBms.Learning.Training;

/// <summary>What forecasts are learnt from. All of a set come out of one walk through its recordings, so the last one is kept for the next task.</summary>
sealed class TemperatureLessons
{
    (string Set, string Data, string? Cell, int SeriesCount, CellCatalogue Cells)? _of;
    IReadOnlyDictionary<TemperatureTask, (FeatureSet Set, CellSplit Split, string CellId)>? _kept;

    /// <summary>Rows and split of a task.</summary>
    /// <exception cref="DataException">It is no set for temperature, or recordings are missing or cannot be learnt from.</exception>
    public (FeatureSet Set, CellSplit Split, string CellId) Of(TemperatureTask task, TrainingRequest request)
    {
        var of = (request.Set, request.DataPath, request.CellId, request.SeriesCount, request.Cells);
        if (_of != of) (_kept, _of) = (Read(request), of);
        return _kept![task];
    }

    static IReadOnlyDictionary<TemperatureTask, (FeatureSet Set, CellSplit Split, string CellId)> Read(TrainingRequest request) => request.Set == SocTrainingData.Own
        ? OwnTemperature.Of(request.DataPath, request.OwnCell(), request.SeriesCount)
        : TemperatureProtocols.Shipped(request.Set, request.DataPath, request.Cells);
}
