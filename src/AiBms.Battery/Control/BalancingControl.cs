using AiBms.Battery.Packs;

namespace AiBms.Battery.Control;

/// <summary>Bleeds the cells that will be full before the others, as many at a time as the board may carry.</summary>
/// <remarks>
/// What counts is the charge that each cell still takes until it is full, not its voltage: on a flat curve, under load, or with a cell
/// of little capacity the highest voltage is often the wrong cell. The board is a first-order lag over its surroundings; how much power
/// it may carry follows from where it would settle, so the number of resistors does not hunt.
/// </remarks>
public sealed class BalancingControl
{
    readonly BalancingDesign _design;
    readonly BalancingOptions _options;
    readonly bool[] _wanted;
    readonly int[] _order;
    readonly double[] _key;
    double _riseK;
    bool _tooHot;

    /// <param name="layout">The pack.</param>
    /// <param name="options">When to bleed; null for the defaults.</param>
    public BalancingControl(PackLayout layout, BalancingOptions? options = null)
    {
        _design = layout.Balancing;
        _options = (options ?? new()).Validated();
        (_wanted, _order, _key) = (new bool[layout.SeriesCount], new int[layout.SeriesCount], new double[layout.SeriesCount]);
    }

    /// <summary>Power that the board may carry for ever, as it was found in the last step, W.</summary>
    public double AllowedW { get; private set; }

    /// <summary>Chooses which resistors are on.</summary>
    /// <param name="reading">The pack: voltages, board temperature, which resistors were on.</param>
    /// <param name="bleedAh">Charge to take out of each cell so that all are full together, Ah; NaN where unknown: that cell is not bled.</param>
    /// <param name="bleedAhDeviation">One standard deviation of each of them, Ah; NaN counts as 0.</param>
    /// <param name="capacityAh">Capacity of each cell, Ah.</param>
    /// <param name="stepS">Time since the step before, s.</param>
    /// <param name="bleed">Filled.</param>
    public void Update(
        PackReading reading, ReadOnlySpan<double> bleedAh, ReadOnlySpan<double> bleedAhDeviation, ReadOnlySpan<double> capacityAh, double stepS, Span<bool> bleed)
    {
        double carriedW = 0;
        for (int i = 0; i < _wanted.Length; i++)
            if (reading.BleedOn[i] && double.IsFinite(reading.CellVoltageV[i])) carriedW += PowerW(reading.CellVoltageV[i]);
        _riseK += (carriedW * _design.BoardKPerW - _riseK) * stepS / (stepS + _design.BoardTimeConstantS);
        double boardDegC = reading.Quality(PackSignal.BalancingBoardDegC) == SignalQuality.Good
            ? reading[PackSignal.BalancingBoardDegC]
            : _options.UnknownBoardAmbientDegC + _riseK;
        double targetDegC = _design.MaxBoardDegC - _options.BoardMarginK;
        AllowedW = Math.Max(0, (targetDegC - (boardDegC - _riseK)) / _design.BoardKPerW);
        // Above the target nothing helps but to stop, and to begin again only when it is clearly cooler.
        if (boardDegC > targetDegC + 0.5 * _options.BoardMarginK) _tooHot = true;
        else if (boardDegC < targetDegC) _tooHot = false;

        for (int i = 0; i < _wanted.Length; i++)
        {
            double threshold = (_wanted[i] ? _options.StopFraction : _options.StartFraction) * capacityAh[i];
            double noise = (_wanted[i] ? _options.StopDeviationsNumber : _options.DeviationsNumber) * bleedAhDeviation[i];
            _wanted[i] = bleedAh[i] > threshold && !(bleedAh[i] < noise);
            (_order[i], _key[i]) = (i, _wanted[i] ? -bleedAh[i] : 0);
        }

        _key.AsSpan().Sort(_order.AsSpan());
        bleed.Clear();
        double leftW = _tooHot ? 0 : AllowedW;
        foreach (int i in _order)
        {
            if (!_wanted[i]) break;
            double powerW = PowerW(double.IsFinite(reading.CellVoltageV[i]) ? reading.CellVoltageV[i] : 4.5);
            if (powerW > leftW) break;
            bleed[i] = true;
            leftW -= powerW;
        }
    }

    double PowerW(double cellV) => cellV * cellV / _design.ResistorOhm;
}
