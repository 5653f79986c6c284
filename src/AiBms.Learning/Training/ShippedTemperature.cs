using AiBms.Battery.Cells;
using AiBms.Learning.Boards.Temperature;
using AiBms.Learning.Health;
using AiBms.Learning.Temperature;

namespace AiBms.Learning.Training;

/// <summary>What the forecasts that ship are learnt from. All of a set come out of one walk through its recordings, so the last one is kept for the next task.</summary>
sealed class ShippedTemperature
{
    (string Set, string Data, CellCatalogue Cells)? _of;
    IReadOnlyDictionary<TemperatureTask, (FeatureSet Set, CellSplit Split, string CellId)>? _kept;

    /// <summary>Rows and split of a task.</summary>
    /// <exception cref="AiBms.Telemetry.DataException">It is no set for temperature, or recordings are missing.</exception>
    public (FeatureSet Set, CellSplit Split, string CellId) Of(TemperatureTask task, string set, string data, CellCatalogue cells)
    {
        if (_of != (set, data, cells)) (_kept, _of) = (TemperatureProtocols.Shipped(set, data, cells), (set, data, cells));
        return _kept![task];
    }
}
