using AiBms.Battery.Cells;
using AiBms.Battery.Packs;

namespace AiBms.Battery.Estimation.Packs;

/// <summary>Everything that is estimated of a pack, from one reading after another. Nothing is allocated after it is made.</summary>
public sealed class PackEstimator
{
    readonly PackCells _cells;
    readonly PackTemperatures _temperatures;
    readonly PackImbalance _imbalance;

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
    }

    /// <summary>Takes in a reading and fills in what is known now. A signal whose quality is not good is never used.</summary>
    /// <param name="reading">Of the layout this was made for.</param>
    /// <param name="state">Of the same layout; overwritten.</param>
    public void Update(PackReading reading, PackState state)
    {
        double currentA = Current(reading);
        _temperatures.Update(reading, _cells);
        _cells.Update(reading, currentA, _temperatures.MeanCaseDegC);
        state.TimeS = reading.TimeS;
        _cells.Report(state);
        _temperatures.Report(state);
        _imbalance.Update(_cells, state);
        state.Validity = state.MeanSoc.Validity;
    }

    static double Current(PackReading reading) =>
        reading.Quality(PackSignal.CurrentA) == SignalQuality.Good ? reading[PackSignal.CurrentA]
        : reading.Quality(PackSignal.RedundantCurrentA) == SignalQuality.Good ? reading[PackSignal.RedundantCurrentA] : double.NaN;
}
