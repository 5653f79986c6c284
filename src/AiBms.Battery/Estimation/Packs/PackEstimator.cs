using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Everything that is estimated of a pack, from one reading after another. Nothing is allocated after it is made.</summary>
public sealed class PackEstimator
{
    /// <summary>What changes slowly is looked at this often, s.</summary>
    const double SlowS = 10;

    readonly PackCells _cells;
    readonly PackTemperatures _temperatures;
    readonly PackImbalance _imbalance;
    double _slowS = double.NegativeInfinity;

    /// <param name="layout">The pack.</param>
    /// <param name="cell">The cell it is built from; refused with an <see cref="ArgumentException"/> where it has no circuit.</param>
    /// <param name="options">Beliefs; null for the defaults.</param>
    public PackEstimator(PackLayout layout, CellType cell, PackEstimatorOptions? options = null)
    {
        if (cell.Circuit is null) throw new ArgumentException($"Cell {cell.Id} has no circuit: identify one first.", nameof(cell));
        options = (options ?? new()).Validated();
        Group = GroupCell.Of(layout, cell);
        _cells = new(layout, Group, options);
        _temperatures = new(layout, Group);
        _imbalance = new(layout, Group);
    }

    /// <summary>A parallel group of the pack seen as one cell.</summary>
    public CellType Group { get; }

    /// <summary>Starts anew from what is known of the mean SOC.</summary>
    public void Start(SocStart start)
    {
        _cells.Start(start);
        _temperatures.Start();
        _slowS = double.NegativeInfinity;
    }

    /// <summary>Takes in a reading and fills in what is known now. A signal whose quality is not good is never used.</summary>
    /// <param name="reading">Of the layout this was made for.</param>
    /// <param name="state">Of the same layout; overwritten.</param>
    public void Update(PackReading reading, PackState state)
    {
        // A clock that jumped back, or a state that is not the one of last time, is no reason to wait.
        bool isSlow = !(reading.TimeS - _slowS < SlowS) || reading.TimeS < _slowS || double.IsNaN(state.TimeS);
        if (isSlow) _temperatures.Update(reading, _cells);
        _cells.Update(reading, Current(reading), _temperatures.MeanCaseDegC);
        state.TimeS = reading.TimeS;
        _cells.Report(state);
        if (isSlow)
        {
            _slowS = reading.TimeS;
            _cells.ReportSlow(state);
            _temperatures.Report(state);
            _imbalance.Update(_cells, state);
        }

        PackImbalance.PackSoc(state);
        state.Validity = state.MeanSoc.Validity;
    }

    static double Current(PackReading reading) =>
        reading.Quality(PackSignal.CurrentA) == SignalQuality.Good ? reading[PackSignal.CurrentA]
        : reading.Quality(PackSignal.RedundantCurrentA) == SignalQuality.Good ? reading[PackSignal.RedundantCurrentA] : double.NaN;
}
